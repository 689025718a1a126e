package dev.blastwall.policy;

import dev.blastwall.opa.decisionlog.LogMask;
import dev.blastwall.opa.decisionlog.LogVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads the member {@code log} of a decision: what of it must not stand in the decision log. */
final class LogTerms {

  private static final String DROP = "drop";
  private static final String MASK = "mask";
  private static final Set<String> KNOWN = Set.of(DROP, MASK);

  private LogTerms() {}

  /**
   * What the decision wants.
   *
   * @throws MalformedDecisionException when nobody can tell
   */
  static LogVerdict read(Document decision) throws MalformedDecisionException {
    Document log = decision.object("log");
    if (log.isEmpty()) {
      return LogVerdict.ALL;
    }
    log.requireKnown(KNOWN);
    LogVerdict masks = log.has(MASK) ? new LogVerdict.Keep(masks(log)) : LogVerdict.ALL;
    return log.has(DROP) && log.flag(DROP) ? new LogVerdict.Drop() : masks;
  }

  private static List<LogMask> masks(Document log) throws MalformedDecisionException {
    List<LogMask> masks = new ArrayList<>();
    for (String pointer : log.texts(MASK)) {
      masks.add(mask(log, pointer));
    }
    return masks;
  }

  private static LogMask mask(Document log, String pointer) throws MalformedDecisionException {
    try {
      return LogMask.remove(pointer);
    } catch (IllegalArgumentException e) {
      throw log.malformed(MASK, "has " + pointer + ": " + e.getMessage());
    }
  }
}

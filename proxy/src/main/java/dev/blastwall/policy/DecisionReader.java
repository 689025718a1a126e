package dev.blastwall.policy;

import dev.blastwall.command.Limits;
import dev.blastwall.masking.Detector;
import dev.blastwall.masking.DetectorMask;
import dev.blastwall.masking.JsonPath;
import dev.blastwall.masking.Mask;
import dev.blastwall.masking.MaskPlan;
import dev.blastwall.masking.MaskingKey;
import dev.blastwall.masking.PathMask;
import dev.blastwall.opa.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the document that {@code blastwall/decision} is. Strict: what it does not know, it does not
 * guess at.
 */
final class DecisionReader {

  private static final Set<String> LIMITS = Set.of("rows", "bytes", "duration");

  private final MaskingKey key;

  DecisionReader(MaskingKey key) {
    this.key = key;
  }

  /**
   * The decision that {@code document} is.
   *
   * @param revision the bundle revision that made it
   * @throws MalformedDecisionException when it is none
   */
  Decision read(Value document, String revision) throws MalformedDecisionException {
    Document decision = new Document("decision", document);
    List<Decision.Reason> reasons = reasons(decision);
    Limits limits = limits(decision.object("limits"));
    // Whether or not there is a decision log: what could not be left out of it is refused.
    LogTerms.read(decision);
    return switch (decision.text("outcome")) {
      case "forward" ->
          new Decision.Forward(reasons, revision, masks(decision), recordFirst(decision), limits);
      case "hold" -> hold(decision.object("hold"), reasons, revision, limits);
      case "refuse" -> new Decision.Refuse(reasons, revision, false);
      default -> throw decision.malformed("outcome", "must be forward, hold or refuse");
    };
  }

  private static List<Decision.Reason> reasons(Document decision)
      throws MalformedDecisionException {
    List<Decision.Reason> reasons = new ArrayList<>();
    for (Document reason : decision.objects("reasons")) {
      reasons.add(new Decision.Reason(reason.text("code"), reason.text("message")));
    }
    if (reasons.isEmpty()) {
      throw decision.malformed("reasons", "must give at least one reason");
    }
    return reasons;
  }

  private static boolean recordFirst(Document decision) throws MalformedDecisionException {
    return switch (decision.text("record")) {
      case "required" -> true;
      case "buffered" -> false;
      default -> throw decision.malformed("record", "must be required or buffered");
    };
  }

  private static Decision hold(
      Document hold, List<Decision.Reason> reasons, String revision, Limits limits)
      throws MalformedDecisionException {
    List<String> approvers = hold.texts("approvers");
    int quorum = hold.number("quorum");
    Duration timeout = GoDuration.parse(hold, "timeout");
    if (approvers.isEmpty() || quorum < 1 || !timeout.isPositive()) {
      throw hold.malformed("approvers", "or quorum or timeout can never be met");
    }
    return new Decision.Hold(reasons, revision, approvers, quorum, timeout, limits);
  }

  private static Limits limits(Document limits) throws MalformedDecisionException {
    limits.requireKnown(LIMITS);
    if (limits.isEmpty()) {
      return Limits.NONE;
    }
    Duration duration =
        limits.has("duration") ? GoDuration.parse(limits, "duration") : Limits.NONE.duration();
    if (!duration.isPositive()) {
      throw limits.malformed("duration", "must be longer than nothing");
    }
    return new Limits(
        limits.has("rows") ? limits.number("rows") : Limits.NONE.rows(),
        limits.has("bytes") ? limits.number("bytes") : Limits.NONE.bytes(),
        duration);
  }

  private MaskPlan masks(Document decision) throws MalformedDecisionException {
    Map<Integer, Mask> columns = new HashMap<>();
    List<DetectorMask> detectors = new ArrayList<>();
    Map<Integer, List<PathMask>> paths = new HashMap<>();
    for (Document mask : decision.objects("masks")) {
      if (mask.has("path")) {
        paths.computeIfAbsent(mask.number("column"), missing -> new ArrayList<>()).add(path(mask));
      } else if (mask.has("column")) {
        columns.put(mask.number("column"), method(mask));
      } else {
        detectors.add(new DetectorMask(detector(mask), method(mask)));
      }
    }
    // What hides the whole hides its parts, too.
    paths.forEach((column, places) -> columns.putIfAbsent(column, new Mask.AtPaths(places)));
    return columns.isEmpty() && detectors.isEmpty()
        ? MaskPlan.NONE
        : new MaskPlan(columns, detectors);
  }

  private PathMask path(Document mask) throws MalformedDecisionException {
    try {
      return new PathMask(JsonPath.parse(mask.text("path")), method(mask));
    } catch (IllegalArgumentException e) {
      throw mask.malformed("path", String.valueOf(e.getMessage()));
    }
  }

  private static Detector detector(Document mask) throws MalformedDecisionException {
    String name = mask.text("detector");
    return Detector.named(name)
        .orElseThrow(() -> mask.malformed("detector", "there is no detector " + name));
  }

  private Mask method(Document mask) throws MalformedDecisionException {
    return switch (mask.text("method")) {
      case "redact" -> new Mask.Redact();
      case "null" -> new Mask.Nullify();
      case "hash" -> new Mask.Hash(key);
      case "tokenize" -> new Mask.Tokenize(key);
      case "partial" ->
          new Mask.Partial(
              mask.has("keep_first") ? mask.number("keep_first") : 0,
              mask.has("keep_last") ? mask.number("keep_last") : 0,
              mask.has("keep_from") ? mask.text("keep_from") : null);
      default -> throw mask.malformed("method", "must be redact, null, hash, tokenize or partial");
    };
  }
}

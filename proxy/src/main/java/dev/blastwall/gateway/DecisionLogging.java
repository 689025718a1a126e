package dev.blastwall.gateway;

import dev.blastwall.config.DecisionLogs;
import dev.blastwall.opa.decisionlog.DecisionLog;
import dev.blastwall.opa.decisionlog.DecisionLogListener;
import dev.blastwall.opa.decisionlog.DecisionSink;
import dev.blastwall.policy.DecisionLogger;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the decision log, and tells the operator what goes wrong with it. */
final class DecisionLogging implements DecisionLogListener {

  private static final Logger log = LoggerFactory.getLogger(DecisionLogging.class);

  private DecisionLogging() {}

  /**
   * Opens the log, if there shall be one.
   *
   * @param gateway the label {@code id}
   */
  static Optional<DecisionLogger> start(DecisionLogs configured, String gateway, Parts parts)
      throws IOException {
    if (!configured.isOn()) {
      return Optional.empty();
    }
    DecisionLog decisions =
        parts.add(
            new DecisionLog(
                labels(configured, gateway),
                sinks(configured),
                configured.service(),
                new DecisionLogging()));
    return Optional.of(decisions::log);
  }

  private static Map<String, String> labels(DecisionLogs configured, String gateway) {
    Map<String, String> labels = new HashMap<>(configured.labels());
    labels.put("id", gateway);
    return labels;
  }

  private static List<DecisionSink> sinks(DecisionLogs configured) {
    List<DecisionSink> sinks = new ArrayList<>();
    configured.file().map(DecisionSink::file).ifPresent(sinks::add);
    if (configured.console()) {
      sinks.add(DecisionSink.console(System.out));
    }
    return sinks;
  }

  @Override
  public void trouble(Trouble trouble, long events, String detail) {
    log.warn("decision log in trouble, trouble={} events={} detail={}", trouble, events, detail);
  }
}

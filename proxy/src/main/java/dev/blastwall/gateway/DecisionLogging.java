package dev.blastwall.gateway;

import dev.blastwall.config.DecisionLogs;
import dev.blastwall.opa.decisionlog.DecisionLog;
import dev.blastwall.opa.decisionlog.DecisionLogListener;
import dev.blastwall.opa.decisionlog.DecisionLogMetrics;
import dev.blastwall.opa.decisionlog.DecisionLogStatus;
import dev.blastwall.opa.decisionlog.DecisionSink;
import dev.blastwall.policy.DecisionLogger;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the decision log, and tells the operator how it fares. */
final class DecisionLogging implements DecisionLogListener {

  private static final Logger log = LoggerFactory.getLogger(DecisionLogging.class);

  private final DecisionLogMetrics metrics;
  private final DecisionLogStatus status = new DecisionLogStatus();

  private DecisionLogging(MeterRegistry registry) {
    this.metrics = new DecisionLogMetrics(registry);
  }

  /**
   * A log that is open.
   *
   * @param logger takes decisions
   * @param status how it fares
   */
  record Open(DecisionLogger logger, DecisionLogStatus status) {}

  /**
   * Opens the log, if there shall be one.
   *
   * @param labels of each event
   */
  static Optional<Open> start(
      DecisionLogs configured, Map<String, String> labels, MeterRegistry registry, Parts parts)
      throws IOException {
    if (!configured.isOn()) {
      return Optional.empty();
    }
    DecisionLogging listener = new DecisionLogging(registry);
    DecisionLog decisions =
        parts.add(new DecisionLog(labels, sinks(configured), configured.service(), listener));
    return Optional.of(new Open(decisions::log, listener.status));
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
  public void logged(long events) {
    metrics.logged(events);
  }

  @Override
  public void dropped(long events) {
    metrics.dropped(events);
  }

  @Override
  public void uploaded(long events) {
    metrics.uploaded(events);
    status.uploaded(events);
  }

  @Override
  public void trouble(Trouble trouble, long events, String detail) {
    metrics.trouble(trouble, events, detail);
    status.trouble(trouble, events, detail);
    log.warn("decision log in trouble, trouble={} events={} detail={}", trouble, events, detail);
  }
}

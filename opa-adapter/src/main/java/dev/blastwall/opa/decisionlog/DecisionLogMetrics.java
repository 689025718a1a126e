package dev.blastwall.opa.decisionlog;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/**
 * Counts events in Micrometer: {@code opa.decision.log.events} by {@code outcome} ({@code logged},
 * {@code dropped}, {@code uploaded}), and {@code opa.decision.log.troubles} by {@code trouble}, the
 * name of a {@link DecisionLogListener.Trouble} in lower case.
 */
public final class DecisionLogMetrics implements DecisionLogListener {
  private static final String EVENTS = "opa.decision.log.events";
  private static final String OUTCOME = "outcome";

  private final MeterRegistry registry;

  public DecisionLogMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void logged(long events) {
    registry.counter(EVENTS, OUTCOME, "logged").increment(events);
  }

  @Override
  public void dropped(long events) {
    registry.counter(EVENTS, OUTCOME, "dropped").increment(events);
  }

  @Override
  public void uploaded(long events) {
    registry.counter(EVENTS, OUTCOME, "uploaded").increment(events);
  }

  @Override
  public void trouble(Trouble trouble, long events, String detail) {
    registry
        .counter("opa.decision.log.troubles", "trouble", trouble.name().toLowerCase(Locale.ROOT))
        .increment(events);
  }
}

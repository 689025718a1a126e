package dev.blastwall.opa.decisionlog;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Counts events in Micrometer: {@code opa.decision.log.events} by {@code outcome} ({@code logged},
 * {@code dropped}, {@code uploaded}), and {@code opa.decision.log.troubles} by {@code trouble}, the
 * name of a {@link DecisionLogListener.Trouble} in lower case. An upload that fails counts what
 * waits, each time.
 */
public final class DecisionLogMetrics implements DecisionLogListener {
  private final Counter logged;
  private final Counter dropped;
  private final Counter uploaded;
  private final Map<Trouble, Counter> troubles = new EnumMap<>(Trouble.class);

  public DecisionLogMetrics(MeterRegistry registry) {
    logged = events(registry, "logged");
    dropped = events(registry, "dropped");
    uploaded = events(registry, "uploaded");
    for (Trouble trouble : Trouble.values()) {
      String name = trouble.name().toLowerCase(Locale.ROOT);
      troubles.put(trouble, registry.counter("opa.decision.log.troubles", "trouble", name));
    }
  }

  private static Counter events(MeterRegistry registry, String outcome) {
    return registry.counter("opa.decision.log.events", "outcome", outcome);
  }

  @Override
  public void logged(long events) {
    logged.increment(events);
  }

  @Override
  public void dropped(long events) {
    dropped.increment(events);
  }

  @Override
  public void uploaded(long events) {
    uploaded.increment(events);
  }

  @Override
  public void trouble(Trouble trouble, long events, String detail) {
    Objects.requireNonNull(troubles.get(trouble)).increment(events);
  }
}

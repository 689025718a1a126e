package dev.blastwall.opa.bundle;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts in Micrometer, for each bundle ({@code name}): {@code opa.bundle.activations} and {@code
 * opa.bundle.failures}, when the last activation was ({@code opa.bundle.last.activation}, since
 * 1970), and how long it took ({@code opa.bundle.load}).
 */
public final class BundleMetrics implements BundleListener {
  private static final String NAME = "name";

  private final MeterRegistry registry;
  private final Map<String, AtomicLong> lastActivations = new ConcurrentHashMap<>();

  public BundleMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void activated(BundleStatus status) {
    count(status, 1, 0);
    registry.timer("opa.bundle.load", NAME, status.name()).record(status.loading());
    if (status.lastSuccessfulActivation() != null) {
      lastActivations
          .computeIfAbsent(status.name(), this::gauge)
          .set(status.lastSuccessfulActivation().toEpochMilli());
    }
  }

  private AtomicLong gauge(String name) {
    AtomicLong millis = new AtomicLong();
    TimeGauge.builder("opa.bundle.last.activation", millis, TimeUnit.MILLISECONDS, AtomicLong::get)
        .tag(NAME, name)
        .register(registry);
    return millis;
  }

  @Override
  public void refused(BundleStatus status) {
    count(status, 0, 1);
  }

  /** Both are there from the beginning, so that the first of its kind is seen as a change. */
  private void count(BundleStatus status, int activations, int failures) {
    registry.counter("opa.bundle.activations", NAME, status.name()).increment(activations);
    registry.counter("opa.bundle.failures", NAME, status.name()).increment(failures);
  }
}

package dev.blastwall.opa.sidecar;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counts in Micrometer: {@code opa.sidecar.starts}, the OPAs that began to answer, and {@code
 * opa.sidecar.losses} by {@code reason} ({@code died}, {@code hung}), those that had to be started
 * again.
 */
public final class SidecarMetrics implements SidecarListener {
  private final Counter starts;
  private final Counter died;
  private final Counter hung;

  public SidecarMetrics(MeterRegistry registry) {
    starts = registry.counter("opa.sidecar.starts");
    died = registry.counter("opa.sidecar.losses", "reason", "died");
    hung = registry.counter("opa.sidecar.losses", "reason", "hung");
  }

  @Override
  public void started(String revision, long pid) {
    starts.increment();
  }

  @Override
  public void died(String revision, long pid, String output) {
    died.increment();
  }

  @Override
  public void hung(String revision, long pid) {
    hung.increment();
  }
}

package dev.blastwall.opa.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class SidecarMetricsTest {

  @Test
  void startsAndLossesAreCounted() {
    MeterRegistry registry = new SimpleMeterRegistry();
    SidecarMetrics metrics = new SidecarMetrics(registry);

    metrics.started("r1", 1);
    metrics.died("r1", 1, "");
    metrics.started("r1", 2);
    metrics.hung("r1", 2);
    metrics.started("r1", 3);

    assertThat(registry.get("opa.sidecar.starts").counter().count()).isEqualTo(3);
    assertThat(registry.get("opa.sidecar.losses").tag("reason", "died").counter().count())
        .isEqualTo(1);
    assertThat(registry.get("opa.sidecar.losses").tag("reason", "hung").counter().count())
        .isEqualTo(1);
  }
}

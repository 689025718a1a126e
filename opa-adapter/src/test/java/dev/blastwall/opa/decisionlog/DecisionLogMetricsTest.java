package dev.blastwall.opa.decisionlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastwall.opa.Json;
import dev.blastwall.opa.decisionlog.DecisionLogListener.Trouble;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DecisionLogMetricsTest {

  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final DecisionLogMetrics metrics = new DecisionLogMetrics(registry);
  private final DecisionLogStatus status = new DecisionLogStatus();

  @Test
  void eventsAreCountedByWhatBecameOfThem() {
    metrics.logged(3);
    metrics.logged(2);
    metrics.dropped(4);
    metrics.uploaded(1);

    assertThat(events("logged")).isEqualTo(5);
    assertThat(events("dropped")).isEqualTo(4);
    assertThat(events("uploaded")).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void eachTroubleIsCountedUnderItsName(Trouble trouble) {
    assertThat(troubles(trouble)).as("there from the beginning").isZero();

    metrics.trouble(trouble, 7, "why");

    assertThat(troubles(trouble)).isEqualTo(7);
    assertThat(registry.find("opa.decision.log.troubles").counters())
        .hasSize(Trouble.values().length)
        .filteredOn(counter -> counter.count() > 0)
        .hasSize(1);
  }

  @Test
  void theStatusSaysWhyUploadsFailUntilOneIsTaken() throws Exception {
    status.trouble(Trouble.UPLOAD_FAILED, 9, "https://logs.example answered with status 503");

    assertThat(status.toJson())
        .isEqualTo(
            Json.read(
                """
                {"code": "decision_log_error", "message": "https://logs.example answered with status 503",
                 "metrics": {}}
                """));

    status.uploaded(9);
    assertThat(status.toJson()).isEqualTo(Json.read("{\"metrics\":{}}"));
  }

  @Test
  void theStatusCountsWhatIsLost() throws Exception {
    status.trouble(Trouble.QUEUE_FULL, 2, "");
    status.trouble(Trouble.QUEUE_FULL, 3, "");
    status.uploaded(1);

    assertThat(status.toJson())
        .isEqualTo(Json.read("{\"metrics\":{\"counter_decision_logs_queue_full\":5}}"));
  }

  private double events(String outcome) {
    return registry.get("opa.decision.log.events").tag("outcome", outcome).counter().count();
  }

  private double troubles(Trouble trouble) {
    return registry
        .get("opa.decision.log.troubles")
        .tag("trouble", trouble.name().toLowerCase(Locale.ROOT))
        .counter()
        .count();
  }
}

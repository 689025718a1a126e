package dev.blastwall.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastwall.policy.Question;
import dev.blastwall.policy.ShadowListener;
import dev.blastwall.policy.ShadowListener.Result;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class ShadowMeterTest {

  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final ShadowListener meter = new ShadowMeter(registry, "shop", "trial");

  @Test
  void eachComparisonIsCountedByPointAndResult() {
    meter.judged(new Question.Connect(), Result.SAME);
    meter.judged(new Question.Connect(), Result.DIFFERENT);
    meter.judged(new Question.Connect(), Result.DIFFERENT);

    assertThat(count("connect", "same")).isEqualTo(1);
    assertThat(count("connect", "different")).isEqualTo(2);
    assertThat(count("connect", "error")).isZero();
    assertThat(count("connect", "skipped")).isZero();
    assertThat(count("command", "same")).isZero();
  }

  private double count(String point, String result) {
    return registry
        .get("blastwall.shadow.decisions")
        .tags("connection", "shop", "set", "trial", "point", point, "result", result)
        .counter()
        .count();
  }
}

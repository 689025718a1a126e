package dev.blastwall.telemetry;

import dev.blastwall.policy.Question;
import dev.blastwall.policy.ShadowListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts how a shadow of one connection fares: a counter for each point and result. */
public final class ShadowMeter implements ShadowListener {

  private final Counter[][] counters = new Counter[Point.values().length][Result.values().length];

  /**
   * Counts for the shadow of one connection.
   *
   * @param set the name of the shadow's set of policies
   */
  public ShadowMeter(MeterRegistry registry, String connection, String set) {
    for (Point point : Point.values()) {
      for (Result result : Result.values()) {
        counters[point.ordinal()][result.ordinal()] =
            GatewayMeter.SHADOW_DECISIONS.counter(
                registry,
                "connection",
                connection,
                "set",
                set,
                "point",
                DecisionCounters.label(point),
                "result",
                DecisionCounters.label(result));
      }
    }
  }

  @Override
  public void judged(Question question, Result result) {
    counters[Point.of(question).ordinal()][result.ordinal()].increment();
  }
}

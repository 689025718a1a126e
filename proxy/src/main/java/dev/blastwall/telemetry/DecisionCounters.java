package dev.blastwall.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/** What one set of policies decides about one connection: a counter for each point and outcome. */
final class DecisionCounters {

  private final Counter[][] counters = new Counter[Point.values().length][Outcome.values().length];

  DecisionCounters(MeterRegistry registry, String connection, String set) {
    for (Point point : Point.values()) {
      for (Outcome outcome : Outcome.values()) {
        counters[point.ordinal()][outcome.ordinal()] =
            GatewayMeter.DECISIONS.counter(
                registry,
                "connection",
                connection,
                "set",
                set,
                "point",
                label(point),
                "outcome",
                label(outcome));
      }
    }
  }

  static String label(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }

  void count(Point point, Outcome outcome) {
    counters[point.ordinal()][outcome.ordinal()].increment();
  }
}

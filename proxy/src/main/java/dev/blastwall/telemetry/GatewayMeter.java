package dev.blastwall.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/**
 * Every meter of the gateway itself. Those of its policy begin with {@code opa} and are described
 * where they are counted.
 */
public enum GatewayMeter {
  /** By {@code connection}, {@code set} of policies, {@code point} and {@code outcome}. */
  DECISIONS("blastwall.decisions", "Decisions of policy"),
  /** By {@code connection}, {@code set}, {@code point} and {@code result}. */
  SHADOW_DECISIONS("blastwall.shadow.decisions", "Decisions compared with those of a shadow"),
  /**
   * By {@code point} and {@code set}; from question to decision, the wait for a human not included.
   */
  DECISION_TIME("blastwall.decision.time", "Time that policy took for a decision"),
  /** By {@code outcome}: {@code admitted}, or why not. */
  SIGN_INS("blastwall.sign.ins", "Clients that presented a token"),
  /** By {@code connection}. */
  SESSIONS_OPEN("blastwall.sessions.open", "Sessions that were admitted and are not over"),
  /** One number. */
  HOLDS_PENDING("blastwall.holds.pending", "Commands that wait for an approval");

  private final String key;
  private final String description;

  GatewayMeter(String key, String description) {
    this.key = key;
    this.description = description;
  }

  /** Its name in Micrometer. */
  public String key() {
    return key;
  }

  String description() {
    return description;
  }

  /** Registers it as a number that {@code value} reads from {@code source} when it is asked. */
  public <T> void gauge(
      MeterRegistry registry, T source, ToDoubleFunction<T> value, String... tags) {
    Gauge.builder(key, source, value).description(description).tags(tags).register(registry);
  }

  /** Registers it as one that only grows. */
  Counter counter(MeterRegistry registry, String... tags) {
    return Counter.builder(key).description(description).tags(tags).register(registry);
  }
}

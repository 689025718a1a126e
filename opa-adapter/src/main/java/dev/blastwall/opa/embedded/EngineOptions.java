package dev.blastwall.opa.embedded;

import java.time.Duration;

/**
 * How an engine evaluates.
 *
 * @param strictBuiltinErrors whether a failing built-in ends the evaluation, as OPA's {@code
 *     strict-builtin-errors} does; otherwise its call is undefined
 * @param time how long one decision may take
 * @param steps how many function calls and iterations one decision may make, rounded up to a
 *     multiple of 1024
 * @param bytes how much memory the values that one decision makes may take, roughly and together
 */
public record EngineOptions(boolean strictBuiltinErrors, Duration time, long steps, long bytes) {
  private static final long DEFAULT_BYTES = 64L << 20;

  /** OPA's default, with a second, a hundred million steps and 64 MB for each decision. */
  public static final EngineOptions DEFAULT =
      new EngineOptions(false, Duration.ofSeconds(1), 100_000_000);

  public EngineOptions {
    if (time.isNegative() || time.isZero() || steps <= 0 || bytes <= 0) {
      throw new IllegalArgumentException("a decision needs more than no time, steps and memory");
    }
  }

  /** With 64 MB. */
  public EngineOptions(boolean strictBuiltinErrors, Duration time, long steps) {
    this(strictBuiltinErrors, time, steps, DEFAULT_BYTES);
  }
}

package dev.blastwall.command;

import java.time.Duration;

/**
 * How much of an answer policy lets through, and for how long a command may run. What is not
 * limited has the type's largest value.
 *
 * @param rows most rows of all results of a command together
 * @param bytes most bytes of those rows, as they reach the client
 * @param duration from the moment when the command goes upstream
 */
public record Limits(long rows, long bytes, Duration duration) {

  /** Longer than any session. */
  private static final Duration FOREVER = Duration.ofDays(36_500);

  /** As much and as long as the upstream likes. */
  public static final Limits NONE = new Limits(Long.MAX_VALUE, Long.MAX_VALUE, FOREVER);

  public Limits {
    if (rows < 0 || bytes < 0 || !duration.isPositive()) {
      throw new IllegalArgumentException("a limit that no command can keep");
    }
  }

  /** Whether the answer may be of any size. */
  public boolean limitsNoSize() {
    return rows == Long.MAX_VALUE && bytes == Long.MAX_VALUE;
  }

  /** Whether the command may run for any time. */
  public boolean limitsNoTime() {
    return duration.equals(FOREVER);
  }
}

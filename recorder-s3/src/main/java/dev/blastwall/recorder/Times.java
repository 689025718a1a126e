package dev.blastwall.recorder;

import java.time.Instant;

/**
 * Wall times as they stand in the files: nanoseconds since 1970-01-01T00:00:00Z in a signed 64-bit
 * number.
 */
final class Times {

  private static final long NANOS = 1_000_000_000L;

  private Times() {}

  static long toNanos(Instant time) {
    try {
      return Math.addExact(Math.multiplyExact(time.getEpochSecond(), NANOS), time.getNano());
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("a time between 1678 and 2262 is needed, not " + time, e);
    }
  }

  static Instant ofNanos(long nanos) {
    return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
  }
}

package dev.blastwall.opa.decisionlog;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How a service is told (OPA's documentation, Configuration: Decision Logs, {@code reporting}).
 *
 * @param minDelay between two uploads, at least
 * @param maxDelay between two uploads, at most; also the longest wait after failures
 * @param uploadLimit how many bytes an upload has at most, compressed
 */
public record Reporting(Duration minDelay, Duration maxDelay, int uploadLimit) {
  /** As OPA's default. */
  public static final Reporting DEFAULT =
      new Reporting(Duration.ofSeconds(300), Duration.ofSeconds(600), 32_768);

  /** An event without content, alone in an upload, is smaller than this. */
  private static final int MIN_UPLOAD_LIMIT = 1024;

  private static final Duration FIRST_RETRY = Duration.ofMillis(100);
  private static final double BACKOFF = 1.6;

  public Reporting {
    if (minDelay.isNegative() || minDelay.isZero() || maxDelay.compareTo(minDelay) < 0) {
      throw new IllegalArgumentException(
          "the longest delay must be at least as long as the shortest, which is not zero");
    }
    if (uploadLimit < MIN_UPLOAD_LIMIT) {
      throw new IllegalArgumentException(
          "an upload must be allowed at least " + MIN_UPLOAD_LIMIT + " bytes");
    }
  }

  /** Somewhere between both delays, so that many do not come at once. */
  Duration delay() {
    return between(minDelay, maxDelay);
  }

  /** Longer after each failure in a row. */
  Duration delayAfter(int failures) {
    double millis = FIRST_RETRY.toMillis() * Math.pow(BACKOFF, failures);
    Duration longest = Duration.ofMillis((long) Math.min(millis, maxDelay.toMillis()));
    return between(longest.dividedBy(2), longest);
  }

  private static Duration between(Duration low, Duration high) {
    return Duration.ofNanos(
        ThreadLocalRandom.current().nextLong(low.toNanos(), high.toNanos() + 1));
  }
}

package dev.blastwall.opa.bundle;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How often a source is asked (OPA's documentation, Configuration: Bundles).
 *
 * @param minDelay between two requests, at least
 * @param maxDelay between two requests, at most; also the longest wait after failures
 * @param longPollingTimeout how long a server may keep a request until there is something new; only
 *     servers that answer with OPA's own media type are asked so
 */
public record Polling(Duration minDelay, Duration maxDelay, Optional<Duration> longPollingTimeout) {
  /** As OPA's default. */
  public static final Polling DEFAULT =
      new Polling(Duration.ofSeconds(60), Duration.ofSeconds(120), Optional.empty());

  private static final Duration FIRST_RETRY = Duration.ofMillis(100);
  private static final double BACKOFF = 1.6;

  public Polling {
    if (minDelay.isNegative() || minDelay.isZero() || maxDelay.compareTo(minDelay) < 0) {
      throw new IllegalArgumentException(
          "the longest delay must be at least as long as the shortest, which is not zero");
    }
  }

  /** Somewhere between both delays, so that many do not ask at once. */
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

package dev.blastwall.opa.sidecar;

import java.time.Duration;

/**
 * How OPAs are looked after.
 *
 * @param start how long one may take until it answers
 * @param interval how often it is asked whether it is well
 * @param misses how often in a row it may give no answer
 * @param firstDelay how long to wait before it is started again; doubles each time
 * @param lastDelay the longest wait; who lived longer begins with the first again
 */
record Supervision(
    Duration start, Duration interval, int misses, Duration firstDelay, Duration lastDelay) {
  static final Supervision DEFAULT =
      new Supervision(
          Duration.ofMinutes(2),
          Duration.ofSeconds(5),
          6,
          Duration.ofMillis(100),
          Duration.ofSeconds(10));

  /** The wait after one more that did not live long. */
  Duration after(Duration delay) {
    Duration doubled = delay.multipliedBy(2);
    return doubled.compareTo(lastDelay) < 0 ? doubled : lastDelay;
  }
}

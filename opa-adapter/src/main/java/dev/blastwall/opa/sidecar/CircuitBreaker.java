package dev.blastwall.opa.sidecar;

import java.util.function.LongSupplier;

/**
 * Spares an OPA that gives no answers, and those who ask it the wait: after some failures in a row
 * nothing is let through for a while, then one question at a time until one is answered.
 */
final class CircuitBreaker {
  private final int failures;
  private final long pauseNanos;
  private final LongSupplier nanoTime;

  private int failed;
  private long closedUntil;

  /**
   * Lets everything through.
   *
   * @param failures in a row, after which nothing is let through
   * @param pauseNanos for how long
   * @param nanoTime as {@link System#nanoTime}
   */
  CircuitBreaker(int failures, long pauseNanos, LongSupplier nanoTime) {
    this.failures = failures;
    this.pauseNanos = pauseNanos;
    this.nanoTime = nanoTime;
  }

  /** Whether a question may be asked now. Who may ask says afterwards what came of it. */
  synchronized boolean permits() {
    if (failed < failures) {
      return true;
    }
    long now = nanoTime.getAsLong();
    if (now - closedUntil < 0) {
      return false;
    }
    // The one that is tried; the next one is when this one came to nothing.
    closedUntil = now + pauseNanos;
    return true;
  }

  /** There was an answer. */
  synchronized void succeeded() {
    failed = 0;
  }

  /** There was none. */
  synchronized void failed() {
    if (failed < failures) {
      failed++;
    }
    if (failed == failures) {
      closedUntil = nanoTime.getAsLong() + pauseNanos;
    }
  }
}

package dev.blastwall.opa;

/**
 * Lets whoever waits for a decision give it up, from any thread. The evaluation notices it after at
 * most some thousand steps and fails with {@link PolicyException.Cancelled}.
 */
public final class Cancellation {
  private volatile boolean cancelled;

  /** Gives up; there is no way back. */
  public void cancel() {
    cancelled = true;
  }

  /** Whether it was given up. */
  public boolean isCancelled() {
    return cancelled;
  }
}

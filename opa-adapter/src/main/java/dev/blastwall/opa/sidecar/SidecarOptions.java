package dev.blastwall.opa.sidecar;

import java.time.Duration;

/**
 * How an OPA is asked.
 *
 * @param timeout how long one decision may take, waiting included
 * @param connections how many questions are with OPA at a time
 * @param queue how many more may wait; what comes on top is refused at once
 */
public record SidecarOptions(Duration timeout, int connections, int queue) {
  /** One second, 16 questions at a time and a thousand that wait. */
  public static final SidecarOptions DEFAULT = new SidecarOptions(Duration.ofSeconds(1), 16, 1_000);

  public SidecarOptions {
    if (!timeout.isPositive() || connections <= 0 || queue <= 0) {
      throw new IllegalArgumentException("a sidecar needs time, connections and a queue");
    }
  }

  /** The same with another time-out. */
  public SidecarOptions withTimeout(Duration other) {
    return new SidecarOptions(other, connections, queue);
  }
}

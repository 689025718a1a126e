package dev.blastwall.opa.builtin;

import dev.blastwall.opa.Cancellation;
import dev.blastwall.opa.EvaluationListener;
import dev.blastwall.opa.NumberValue;
import dev.blastwall.opa.PolicyException;
import dev.blastwall.opa.Value;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What stays the same, or is counted, over one decision. Used by one thread. */
public class EvaluationContext {
  /** How many steps pass between two looks at the clock. */
  private static final int STEPS_PER_POLL = 1024;

  private final Cancellation cancellation;
  private final EvaluationListener listener;
  private final long deadline;
  private long stepsLeft;
  private long bytesLeft;
  private int untilPoll;
  private @Nullable NumberValue now;
  private @Nullable Map<List<Object>, Value> drawn;

  /**
   * @param nanos how long the decision may take
   * @param steps how many calls and iterations it may make
   * @param bytes how much its values may take, roughly
   * @param cancellation ends it early
   * @param listener hears what the policy says
   */
  protected EvaluationContext(
      long nanos, long steps, long bytes, Cancellation cancellation, EvaluationListener listener) {
    this.cancellation = cancellation;
    this.listener = listener;
    deadline = System.nanoTime() + nanos;
    stepsLeft = steps;
    bytesLeft = bytes;
    untilPoll = (int) Math.min(STEPS_PER_POLL, steps);
  }

  /** With 64 MB, no end but its own, and nobody who listens. */
  protected EvaluationContext(long nanos, long steps) {
    this(nanos, steps, 64L << 20, new Cancellation(), EvaluationListener.NOBODY);
  }

  /** Who hears what the policy says. */
  final EvaluationListener listener() {
    return listener;
  }

  /** Counts a step; called by every function and iteration. */
  public final void tick() {
    if (--untilPoll < 0) {
      poll();
    }
  }

  private void poll() {
    stepsLeft -= STEPS_PER_POLL;
    if (stepsLeft <= 0) {
      throw new PolicyException.StepsExceeded();
    }
    if (System.nanoTime() - deadline > 0) {
      throw new PolicyException.TimeExceeded();
    }
    if (cancellation.isCancelled()) {
      throw new PolicyException.Cancelled();
    }
    untilPoll = (int) Math.min(STEPS_PER_POLL, stepsLeft);
  }

  /**
   * Counts memory that the decision takes, if possible before it does. It is counted as it is taken
   * and never given back, so that the same decision fails on every machine or on none.
   *
   * @param bytes the size, roughly
   */
  public final void allocate(long bytes) {
    bytesLeft -= bytes;
    if (bytes < 0 || bytesLeft < 0) {
      throw new PolicyException.MemoryExceeded();
    }
  }

  /**
   * What was drawn at random for a key: the same however often a policy asks.
   *
   * @param key the name of the built-in and its arguments
   */
  final Value drawn(List<Object> key, Supplier<Value> draw) {
    if (drawn == null) {
      drawn = new HashMap<>();
    }
    return drawn.computeIfAbsent(key, ignored -> draw.get());
  }

  /** The time of the decision in nanoseconds since 1970: the same however often a policy asks. */
  final NumberValue now() {
    if (now == null) {
      Instant instant = Instant.now();
      now = NumberValue.of(instant.getEpochSecond() * 1_000_000_000L + instant.getNano());
    }
    return now;
  }
}

package dev.blastwall.opa.builtin;

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

  /** How much the built-ins of one decision may make, in bytes. */
  private static final long MAX_ALLOCATED = 64L << 20;

  private final long deadline;
  private long stepsLeft;
  private int untilPoll;
  private long allocated;
  private @Nullable NumberValue now;
  private @Nullable Map<List<Object>, Value> drawn;

  /**
   * @param nanos how long the decision may take
   * @param steps how many calls and iterations it may make
   */
  protected EvaluationContext(long nanos, long steps) {
    deadline = System.nanoTime() + nanos;
    stepsLeft = steps;
    untilPoll = (int) Math.min(STEPS_PER_POLL, steps);
  }

  /** Counts a step; called by every function and iteration. */
  public final void tick() {
    if (--untilPoll < 0) {
      poll();
    }
  }

  /**
   * Counts what a built-in is about to make, so that a short policy cannot ask for a huge value.
   *
   * @param bytes its size, roughly
   */
  public final void allocate(long bytes) {
    allocated += bytes;
    if (bytes < 0 || allocated > MAX_ALLOCATED) {
      throw new PolicyException.BudgetExceeded(
          "the built-in functions of the decision made more than " + MAX_ALLOCATED + " bytes");
    }
  }

  private void poll() {
    stepsLeft -= STEPS_PER_POLL;
    if (stepsLeft <= 0) {
      throw new PolicyException.BudgetExceeded(
          "the decision took more steps than its budget allows");
    }
    if (System.nanoTime() - deadline > 0) {
      throw new PolicyException.BudgetExceeded(
          "the decision took more time than its budget allows");
    }
    untilPoll = (int) Math.min(STEPS_PER_POLL, stepsLeft);
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

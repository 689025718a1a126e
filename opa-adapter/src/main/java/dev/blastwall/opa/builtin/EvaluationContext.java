package dev.blastwall.opa.builtin;

import dev.blastwall.opa.NumberValue;
import dev.blastwall.opa.PolicyException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What stays the same, or is counted, over one decision. Used by one thread. */
public class EvaluationContext {
  /** How many steps pass between two looks at the clock. */
  private static final int STEPS_PER_POLL = 1024;

  private final long deadline;
  private long stepsLeft;
  private int untilPoll;
  private @Nullable NumberValue now;

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

  /** The time of the decision in nanoseconds since 1970: the same however often a policy asks. */
  final NumberValue now() {
    if (now == null) {
      Instant instant = Instant.now();
      now = NumberValue.of(instant.getEpochSecond() * 1_000_000_000L + instant.getNano());
    }
    return now;
  }
}

package dev.blastwall.opa;

import org.jspecify.annotations.Nullable;

/**
 * Why a policy could not be evaluated. Every kind is a reason to refuse; none says anything about
 * the outcome.
 */
public abstract sealed class PolicyException extends RuntimeException {
  private final String code;

  private PolicyException(String code, String message) {
    this(code, message, null);
  }

  private PolicyException(String code, String message, @Nullable Throwable cause) {
    super(message, cause, false, false);
    this.code = code;
  }

  /**
   * The code that OPA's API gives for such an error ({@code v1/topdown/errors.go}), where it has
   * one.
   */
  public String code() {
    return code;
  }

  /** Two rules gave one document different values; the author has to make them exclusive. */
  public static final class Conflict extends PolicyException {
    public Conflict(String message) {
      super("eval_conflict_error", message);
    }
  }

  /**
   * A built-in function failed, and the engine is strict about it or the failure always ends the
   * evaluation.
   */
  public static final class BuiltinError extends PolicyException {
    private BuiltinError(String code, String message) {
      super(code, message);
    }

    /** An argument had the wrong type or shape. */
    public static BuiltinError operand(String message) {
      return new BuiltinError("eval_type_error", message);
    }

    /** The arguments were fine, the computation was not. */
    public static BuiltinError failed(String message) {
      return new BuiltinError("eval_builtin_error", message);
    }
  }

  /** The decision took more than it may; simplify the policy or raise the budget. */
  public abstract static sealed class BudgetExceeded extends PolicyException {
    private BudgetExceeded(String what) {
      super("eval_cancel_error", "the decision took more " + what + " than its budget allows");
    }
  }

  /** The decision took too long. */
  public static final class TimeExceeded extends BudgetExceeded {
    public TimeExceeded() {
      super("time");
    }
  }

  /** The decision made too many calls and iterations. */
  public static final class StepsExceeded extends BudgetExceeded {
    public StepsExceeded() {
      super("steps");
    }
  }

  /** The decision built values that are too large. */
  public static final class MemoryExceeded extends BudgetExceeded {
    public MemoryExceeded() {
      super("memory");
    }
  }

  /** Whoever asked gave up. */
  public static final class Cancelled extends PolicyException {
    public Cancelled() {
      super("eval_cancel_error", "the decision was cancelled");
    }
  }

  /** A real OPA gave no answer in time; it is overloaded or hangs, or the policy takes too long. */
  public static final class TimedOut extends PolicyException {
    public TimedOut(String message) {
      super("eval_cancel_error", message);
    }
  }

  /**
   * The engine could not be asked, or gave no answer: a real OPA that is away, busy or restarted.
   * The message says which; it may be there again for the next decision.
   */
  public static final class Unavailable extends PolicyException {
    public Unavailable(String message) {
      super("engine_unavailable", message);
    }
  }

  /** The bundle has no such entrypoint; name it in {@code opa build -e}. */
  public static final class UnknownEntrypoint extends PolicyException {
    public UnknownEntrypoint(String message) {
      super("undefined_entrypoint", message);
    }
  }

  /**
   * The engine itself failed: a defect, or a policy that recurses deeper than the thread's stack.
   */
  public static final class EngineFault extends PolicyException {
    public EngineFault(String message, Throwable cause) {
      super("internal_error", message, cause);
    }
  }
}

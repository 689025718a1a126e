package dev.blastwall.opa.builtin;

import dev.blastwall.opa.PolicyException;

/**
 * A built-in could not do its work. Usually the call is then undefined, so it carries no stack
 * trace.
 */
public final class BuiltinFailure extends RuntimeException {
  private enum Kind {
    OPERAND,
    FAILED,
    HALT
  }

  private final Kind kind;

  private BuiltinFailure(Kind kind, String message) {
    super(message, null, false, false);
    this.kind = kind;
  }

  /** An argument has the wrong type or shape. */
  static BuiltinFailure operand(String message) {
    return new BuiltinFailure(Kind.OPERAND, message);
  }

  /** The arguments are fine, the computation is not. */
  static BuiltinFailure failed(String message) {
    return new BuiltinFailure(Kind.FAILED, message);
  }

  /** A conflict, which ends the evaluation also when the engine is not strict. */
  static BuiltinFailure halt(String message) {
    return new BuiltinFailure(Kind.HALT, message);
  }

  /** Whether it ends the evaluation also when the engine is not strict. */
  public boolean halts() {
    return kind == Kind.HALT;
  }

  /** The failure of the built-in of that name as the reason why a decision could not be made. */
  public PolicyException toPolicyException(String name) {
    String message = name + ": " + getMessage();
    return switch (kind) {
      case OPERAND -> PolicyException.BuiltinError.operand(message);
      case FAILED -> PolicyException.BuiltinError.failed(message);
      case HALT -> new PolicyException.Conflict(String.valueOf(getMessage()));
    };
  }
}

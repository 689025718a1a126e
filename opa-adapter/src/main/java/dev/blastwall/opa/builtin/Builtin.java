package dev.blastwall.opa.builtin;

import dev.blastwall.opa.Value;
import org.jspecify.annotations.Nullable;

/**
 * A built-in function, by its number of arguments. A result of null is undefined; a {@link
 * BuiltinFailure} is undefined too, unless the engine is strict.
 */
public sealed interface Builtin {
  /** Without arguments. */
  @FunctionalInterface
  non-sealed interface Nullary extends Builtin {
    @Nullable Value apply(EvaluationContext context);
  }

  /** With one argument. */
  @FunctionalInterface
  non-sealed interface Unary extends Builtin {
    @Nullable Value apply(EvaluationContext context, Value first);
  }

  /** With two arguments. */
  @FunctionalInterface
  non-sealed interface Binary extends Builtin {
    @Nullable Value apply(EvaluationContext context, Value first, Value second);
  }

  /** With three arguments. */
  @FunctionalInterface
  non-sealed interface Ternary extends Builtin {
    @Nullable Value apply(EvaluationContext context, Value first, Value second, Value third);
  }

  /** With four arguments. */
  @FunctionalInterface
  non-sealed interface Quaternary extends Builtin {
    @Nullable Value apply(
        EvaluationContext context, Value first, Value second, Value third, Value fourth);
  }

  /** The number of arguments. */
  default int arity() {
    return switch (this) {
      case Nullary ignored -> 0;
      case Unary ignored -> 1;
      case Binary ignored -> 2;
      case Ternary ignored -> 3;
      case Quaternary ignored -> 4;
    };
  }
}

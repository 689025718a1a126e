package dev.blastwall.opa.builtin;

import dev.blastwall.opa.Json;
import dev.blastwall.opa.Value;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One decision that calls built-ins by their names, with arguments in JSON. */
final class Calls {
  private final EvaluationContext decision =
      new EvaluationContext(Duration.ofMinutes(10).toNanos(), 50_000_000) {};

  /** The result; null if it is undefined. */
  @Nullable Value call(String name, String... arguments) {
    Builtin builtin = Objects.requireNonNull(Builtins.offered().get(name), name);
    Value[] values = new Value[arguments.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = json(arguments[i]);
    }
    return switch (builtin) {
      case Builtin.Nullary f -> f.apply(decision);
      case Builtin.Unary f -> f.apply(decision, values[0]);
      case Builtin.Binary f -> f.apply(decision, values[0], values[1]);
      case Builtin.Ternary f -> f.apply(decision, values[0], values[1], values[2]);
      case Builtin.Quaternary f -> f.apply(decision, values[0], values[1], values[2], values[3]);
    };
  }

  static Value json(String text) {
    try {
      return Json.read(text);
    } catch (IOException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  /** A text as a JSON argument. */
  static String text(String text) {
    return Json.write(Value.of(text));
  }
}

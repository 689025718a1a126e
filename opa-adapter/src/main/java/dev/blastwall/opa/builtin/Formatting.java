package dev.blastwall.opa.builtin;

import dev.blastwall.opa.NumberValue;
import dev.blastwall.opa.Value;
import java.util.List;

/** {@code sprintf}, by the rules of Go's {@code fmt}. */
final class Formatting {
  private Formatting() {}

  static void register(Builtins.Registry registry) {
    registry.binary(
        "sprintf",
        (context, format, values) ->
            Value.of(
                new GoFormat(
                        Operands.string(format, 1),
                        Operands.array(values, 2).asList().stream()
                            .map(Formatting::argument)
                            .toList())
                    .format()));
  }

  /** Which Go type OPA hands on: numbers by how they are written, all other values as text. */
  private static GoArgument argument(Value value) {
    if (!(value instanceof NumberValue number)) {
      return new GoArgument.Text(RegoText.plain(value));
    }
    String literal = number.toString();
    if (!isFloat(literal)) {
      return new GoArgument.Whole(number.toBigInteger());
    }
    double approximate = Double.parseDouble(literal);
    return Double.isInfinite(approximate)
        ? new GoArgument.Text(literal)
        : new GoArgument.Real(approximate);
  }

  private static boolean isFloat(String literal) {
    return List.of(".", "e", "E").stream().anyMatch(literal::contains);
  }
}

package dev.blastwall.opa.builtin;

import dev.blastwall.opa.BooleanValue;
import dev.blastwall.opa.NullValue;
import dev.blastwall.opa.NumberValue;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import java.util.regex.Pattern;

/** Types, and conversion to a number. */
final class Types {
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

  private static final Pattern NOT_FINITE =
      Pattern.compile("[+-]*(inf|infinity|nan)", Pattern.CASE_INSENSITIVE);

  private Types() {}

  static void register(Builtins.Registry registry) {
    for (Value.Type type : Value.Type.values()) {
      registry.unary("is_" + type.regoName(), (context, value) -> Value.of(value.type() == type));
    }
    registry.unary("type_name", (context, value) -> Value.of(value.type().regoName()));
    registry.unary("to_number", (context, value) -> toNumber(value));
  }

  private static Value toNumber(Value value) {
    return switch (value) {
      case NullValue ignored -> NumberValue.of(0);
      case BooleanValue bool -> NumberValue.of(bool == BooleanValue.TRUE ? 1 : 0);
      case NumberValue number -> number;
      case StringValue string -> parse(string);
      default -> throw Operands.wrongType(1, value, "null", "boolean", "number", "string");
    };
  }

  private static NumberValue parse(StringValue string) {
    String text = string.text();
    if (NOT_FINITE.matcher(text).matches()) {
      throw Operands.wrongType(1, string, "valid number string");
    }
    if (!NUMBER.matcher(text).matches()) {
      throw BuiltinFailure.failed("invalid syntax");
    }
    try {
      return NumberValue.parse(text);
    } catch (NumberFormatException e) {
      throw BuiltinFailure.failed("value out of range");
    }
  }
}

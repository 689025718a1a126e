package dev.blastwall.opa.builtin;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.BooleanValue;
import dev.blastwall.opa.CollectionValue;
import dev.blastwall.opa.SetValue;
import dev.blastwall.opa.Value;

/** What only policies of Rego v0 may call, under the names that OPA has given up. */
final class Deprecated {
  private Deprecated() {}

  static void register(Builtins.Registry registry) {
    registry.unary("all", (context, values) -> Value.of(count(values, false) == 0));
    registry.unary("any", (context, values) -> Value.of(count(values, true) > 0));
    registry.unary("cast_array", (context, value) -> toArray(value));
    registry.unary("cast_set", (context, value) -> toSet(value));
    for (Value.Type type :
        new Value.Type[] {
          Value.Type.STRING, Value.Type.BOOLEAN, Value.Type.NULL, Value.Type.OBJECT
        }) {
      registry.unary("cast_" + type.regoName(), (context, value) -> require(value, type));
    }
    registry.binary(
        "set_diff", (context, a, b) -> Sets.minus(Operands.set(a, 1), Operands.set(b, 2)));
  }

  /** How many elements are true; or are not. */
  private static int count(Value values, boolean isTrue) {
    CollectionValue elements = elements(values);
    int count = 0;
    for (int i = 0; i < elements.size(); i++) {
      count += (elements.valueAt(i) == BooleanValue.TRUE) == isTrue ? 1 : 0;
    }
    return count;
  }

  private static CollectionValue elements(Value value) {
    return switch (value) {
      case ArrayValue array -> array;
      case SetValue set -> set;
      default -> throw Operands.wrongType(1, value, "array", "set");
    };
  }

  private static Value toArray(Value value) {
    CollectionValue elements = elements(value);
    ArrayValue array = new ArrayValue(elements.size());
    for (int i = 0; i < elements.size(); i++) {
      array.add(elements.sortedValueAt(i));
    }
    return array;
  }

  private static Value toSet(Value value) {
    return elements(value) instanceof ArrayValue array ? SetValue.of(array.asList()) : value;
  }

  private static Value require(Value value, Value.Type type) {
    if (value.type() != type) {
      throw Operands.wrongType(1, value, type.regoName());
    }
    return value;
  }
}

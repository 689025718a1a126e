package dev.blastwall.opa.builtin;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.CollectionValue;
import dev.blastwall.opa.NumberValue;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.SetValue;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/** Aggregates over collections, and membership. */
final class Aggregates {
  private Aggregates() {}

  static void register(Builtins.Registry registry) {
    registry.unary("count", (context, value) -> count(value));
    registry.unary("sum", (context, value) -> fold(value, NumberValue.of(0), Arithmetic::add));
    registry.unary(
        "product", (context, value) -> fold(value, NumberValue.of(1), Arithmetic::multiply));
    registry.unary("max", (context, value) -> extreme(value, 1));
    registry.unary("min", (context, value) -> extreme(value, -1));
    registry.unary("sort", (context, value) -> sort(value));
    registry.binary("internal.member_2", (context, value, in) -> Value.of(isMember(value, in)));
    registry.ternary(
        "internal.member_3", (context, key, value, in) -> Value.of(isMember(key, value, in)));
  }

  private static Value count(Value value) {
    return switch (value) {
      case CollectionValue collection -> NumberValue.of(collection.size());
      case StringValue string -> NumberValue.of(string.length());
      default -> throw Operands.wrongType(1, value, "array", "object", "set", "string");
    };
  }

  private static Value fold(Value value, NumberValue start, BinaryOperator<NumberValue> operation) {
    CollectionValue elements = Operands.elements(value, 1);
    NumberValue result = start;
    for (int i = 0; i < elements.size(); i++) {
      Value element = elements.sortedValueAt(i);
      if (!(element instanceof NumberValue number)) {
        throw Operands.wrongElement(1, value, element, "number");
      }
      result = operation.apply(result, number);
    }
    return result;
  }

  private static @Nullable Value extreme(Value value, int sign) {
    CollectionValue elements = Operands.elements(value, 1);
    Value best = null;
    for (int i = 0; i < elements.size(); i++) {
      Value element = elements.valueAt(i);
      if (best == null || element.compareTo(best) * sign >= 0) {
        best = element;
      }
    }
    return best;
  }

  private static Value sort(Value value) {
    CollectionValue elements = Operands.elements(value, 1);
    List<Value> sorted = new ArrayList<>(elements.size());
    for (int i = 0; i < elements.size(); i++) {
      sorted.add(elements.valueAt(i));
    }
    Collections.sort(sorted);
    return ArrayValue.of(sorted);
  }

  private static boolean isMember(Value value, Value in) {
    return switch (in) {
      case SetValue set -> set.contains(value);
      case CollectionValue collection -> hasValue(collection, value);
      default -> false;
    };
  }

  private static boolean hasValue(CollectionValue collection, Value value) {
    for (int i = 0; i < collection.size(); i++) {
      if (collection.valueAt(i).equals(value)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isMember(Value key, Value value, Value in) {
    return switch (in) {
      case SetValue set -> set.contains(key) && key.equals(value);
      case ObjectValue object -> value.equals(object.get(key));
      case ArrayValue array -> value.equals(array.find(key));
      default -> false;
    };
  }
}

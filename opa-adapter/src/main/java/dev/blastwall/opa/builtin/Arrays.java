package dev.blastwall.opa.builtin;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.Value;

/** Arrays. */
final class Arrays {
  private Arrays() {}

  static void register(Builtins.Registry registry) {
    registry.binary(
        "array.concat", (context, a, b) -> concat(Operands.array(a, 1), Operands.array(b, 2)));
    registry.unary("array.flatten", (context, array) -> flatten(Operands.array(array, 1)));
    registry.unary("array.reverse", (context, array) -> reverse(Operands.array(array, 1)));
    registry.ternary(
        "array.slice",
        (context, array, from, to) ->
            slice(Operands.array(array, 1), Operands.integer(from, 2), Operands.integer(to, 3)));
  }

  private static Value concat(ArrayValue a, ArrayValue b) {
    ArrayValue all = new ArrayValue(a.size() + b.size());
    a.asList().forEach(all::add);
    b.asList().forEach(all::add);
    return all;
  }

  private static Value flatten(ArrayValue array) {
    ArrayValue flat = new ArrayValue(array.size());
    for (Value element : array.asList()) {
      if (element instanceof ArrayValue nested) {
        nested.asList().forEach(flat::add);
      } else {
        flat.add(element);
      }
    }
    return flat;
  }

  private static Value reverse(ArrayValue array) {
    return ArrayValue.of(array.asList().reversed());
  }

  private static Value slice(ArrayValue array, long from, long to) {
    int end = (int) Math.clamp(to, 0, array.size());
    int start = (int) Math.clamp(from, 0, end);
    return array.slice(start, end);
  }
}

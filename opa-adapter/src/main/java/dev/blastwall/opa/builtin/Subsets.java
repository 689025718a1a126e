package dev.blastwall.opa.builtin;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.SetValue;
import dev.blastwall.opa.Value;

/**
 * {@code object.subset}: an object within an object, member by member; a set within a set or array;
 * an array as a run within an array.
 */
final class Subsets {
  private Subsets() {}

  static void register(Builtins.Registry registry) {
    registry.binary(
        "object.subset", (context, outer, inner) -> Value.of(holds(context, outer, inner)));
  }

  private static boolean holds(EvaluationContext context, Value outer, Value inner) {
    if (outer instanceof ArrayValue array && inner instanceof SetValue set) {
      return arrayHoldsSet(array, set);
    }
    if (outer.type() != inner.type() || !isComposite(outer)) {
      throw BuiltinFailure.operand(
          "both arguments object.subset must be of the same type or array and set");
    }
    return sameTypeHolds(context, outer, inner);
  }

  private static boolean isComposite(Value value) {
    return value.type().compareTo(Value.Type.ARRAY) >= 0;
  }

  private static boolean sameTypeHolds(EvaluationContext context, Value outer, Value inner) {
    if (outer instanceof ObjectValue a && inner instanceof ObjectValue b) {
      return objectHolds(context, a, b);
    }
    if (outer instanceof SetValue a && inner instanceof SetValue b) {
      return b.size() <= a.size() && Sets.minus(b, a).size() == 0;
    }
    return outer instanceof ArrayValue a && inner instanceof ArrayValue b
        ? arrayHolds(context, a, b)
        : outer.equals(inner);
  }

  private static boolean objectHolds(
      EvaluationContext context, ObjectValue outer, ObjectValue inner) {
    for (int i = 0; i < inner.size(); i++) {
      Value found = outer.get(inner.keyAt(i));
      if (found == null || !sameTypeHolds(context, found, inner.valueAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** As OPA searches: after a mismatch the run starts anew one element further. */
  private static boolean arrayHolds(EvaluationContext context, ArrayValue outer, ArrayValue inner) {
    for (int start = 0; start + inner.size() <= outer.size(); start++) {
      int matched = 0;
      while (matched < inner.size() && outer.get(start + matched).equals(inner.get(matched))) {
        context.tick();
        matched++;
      }
      if (matched == inner.size()) {
        return true;
      }
    }
    return false;
  }

  /** Of an empty array not even the empty set is a subset. */
  private static boolean arrayHoldsSet(ArrayValue array, SetValue set) {
    SetValue elements = SetValue.of(array.asList());
    return array.size() > 0 && Sets.minus(set, elements).size() == 0;
  }
}

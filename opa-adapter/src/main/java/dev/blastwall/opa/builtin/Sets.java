package dev.blastwall.opa.builtin;

import dev.blastwall.opa.SetValue;
import dev.blastwall.opa.Value;

/** Sets. The difference is {@code minus}, among the numbers. */
final class Sets {
  private Sets() {}

  static void register(Builtins.Registry registry) {
    registry.binary("and", (context, a, b) -> intersect(Operands.set(a, 1), Operands.set(b, 2)));
    registry.binary("or", (context, a, b) -> unite(Operands.set(a, 1), Operands.set(b, 2)));
    registry.unary("intersection", (context, sets) -> intersection(Operands.set(sets, 1)));
    registry.unary("union", (context, sets) -> union(Operands.set(sets, 1)));
  }

  static SetValue minus(SetValue a, SetValue b) {
    SetValue difference = new SetValue(a.size());
    for (int i = 0; i < a.size(); i++) {
      if (!b.contains(a.valueAt(i))) {
        difference.add(a.valueAt(i));
      }
    }
    return difference;
  }

  private static SetValue intersect(SetValue a, SetValue b) {
    SetValue both = new SetValue(Math.min(a.size(), b.size()));
    for (int i = 0; i < a.size(); i++) {
      if (b.contains(a.valueAt(i))) {
        both.add(a.valueAt(i));
      }
    }
    return both;
  }

  private static SetValue unite(SetValue a, SetValue b) {
    SetValue either = new SetValue(a.size() + b.size());
    addAll(either, a);
    addAll(either, b);
    return either;
  }

  private static void addAll(SetValue target, SetValue source) {
    for (int i = 0; i < source.size(); i++) {
      target.add(source.valueAt(i));
    }
  }

  private static Value intersection(SetValue sets) {
    if (sets.size() == 0) {
      return sets;
    }
    SetValue common = Operands.set(sets.valueAt(0), 1);
    for (int i = 1; i < sets.size(); i++) {
      common = intersect(common, Operands.set(sets.valueAt(i), 1));
    }
    return common;
  }

  private static Value union(SetValue sets) {
    SetValue all = new SetValue(sets.size());
    for (int i = 0; i < sets.size(); i++) {
      addAll(all, Operands.set(sets.valueAt(i), 1));
    }
    return all;
  }
}

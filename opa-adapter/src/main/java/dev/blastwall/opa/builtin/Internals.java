package dev.blastwall.opa.builtin;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.BooleanValue;
import dev.blastwall.opa.CollectionValue;
import dev.blastwall.opa.EvaluationListener;
import dev.blastwall.opa.NumberValue;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.SetValue;
import dev.blastwall.opa.Value;

/** What the compiler of Rego calls by itself, and the one relation. */
final class Internals {
  private Internals() {}

  static void register(Builtins.Registry registry) {
    registry.unary(
        "internal.print",
        (context, parts) -> {
          print(context, Operands.array(parts, 1), 0, "");
          return BooleanValue.TRUE;
        });
    registry.unary("internal.test_case", (context, values) -> BooleanValue.TRUE);
    registry.unary(
        "trace",
        (context, note) -> {
          context.listener().traced(Operands.string(note, 1));
          return BooleanValue.TRUE;
        });
    // As OPA answers when it was given no configuration: a policy sees nothing of the process.
    registry.nullary("opa.runtime", context -> new ObjectValue(0));
    registry.nondeterministic("opa.runtime");
    registry.unary(
        "internal.template_string", (context, parts) -> template(Operands.array(parts, 1)));
    registry.unary("walk", Internals::walk);
  }

  /**
   * Each part is the set of what its expression gave; a line for each combination ({@code
   * v1/topdown/print.go}).
   */
  private static void print(EvaluationContext context, ArrayValue parts, int index, String line) {
    if (context.listener() == EvaluationListener.NOBODY) {
      return;
    }
    context.tick();
    if (index == parts.size()) {
      context.listener().printed(line);
      return;
    }
    String before = index == 0 ? line : line + " ";
    CollectionValue values = Operands.elements(parts.get(index), index + 1);
    if (values.size() == 0) {
      print(context, parts, index + 1, before + "<undefined>");
    }
    for (int i = 0; i < values.size(); i++) {
      print(context, parts, index + 1, before + RegoText.plain(values.sortedValueAt(i)));
    }
  }

  /** Each part is a scalar, or a set of what its expression gave: nothing if it was undefined. */
  private static Value template(ArrayValue parts) {
    StringBuilder text = new StringBuilder();
    for (Value part : parts.asList()) {
      text.append(part instanceof SetValue set ? only(set) : RegoText.plain(part));
    }
    return Value.of(text.toString());
  }

  private static String only(SetValue set) {
    return switch (set.size()) {
      case 0 -> "<undefined>";
      case 1 -> RegoText.plain(set.valueAt(0));
      default -> throw BuiltinFailure.halt("template-strings must not produce multiple outputs");
    };
  }

  /** Every value inside a value as {@code [path, value]}; the IR scans the array. */
  private static Value walk(EvaluationContext context, Value value) {
    ArrayValue pairs = new ArrayValue(8);
    walk(context, new ArrayValue(0), value, pairs);
    return pairs;
  }

  private static void walk(
      EvaluationContext context, ArrayValue path, Value value, ArrayValue pairs) {
    context.tick();
    pairs.add(ArrayValue.of(path, value));
    if (value instanceof CollectionValue collection) {
      for (int i = 0; i < collection.size(); i++) {
        Value key = value instanceof ArrayValue ? NumberValue.of(i) : collection.sortedKeyAt(i);
        walk(context, extend(path, key), collection.sortedValueAt(i), pairs);
      }
    }
  }

  private static ArrayValue extend(ArrayValue path, Value key) {
    ArrayValue longer = new ArrayValue(path.size() + 1);
    path.asList().forEach(longer::add);
    return longer.add(key);
  }
}

package dev.blastwall.opa.builtin;

import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Replacing of texts by the rules of Go's {@code strings.Replacer}: from left to right, without
 * overlap, and at each place the first text that fits, in sorted order.
 */
final class Replacements {
  private record Pair(String old, String with) {}

  private Replacements() {}

  static void register(Builtins.Registry registry) {
    registry.ternary(
        "replace",
        (context, text, old, with) ->
            replace(
                context,
                Operands.string(text, 1),
                List.of(new Pair(Operands.string(old, 2), Operands.string(with, 3)))));
    registry.binary(
        "strings.replace_n",
        (context, patterns, text) -> {
          ObjectValue object = Operands.object(patterns, 1);
          return replace(context, Operands.string(text, 2), pairs(object));
        });
  }

  private static List<Pair> pairs(ObjectValue patterns) {
    List<Pair> pairs = new ArrayList<>(patterns.size());
    for (int i = 0; i < patterns.size(); i++) {
      pairs.add(
          new Pair(text(patterns.sortedKeyAt(i), "key"), text(patterns.sortedValueAt(i), "value")));
    }
    return pairs;
  }

  private static String text(Value value, String what) {
    if (value instanceof StringValue string) {
      return string.text();
    }
    throw Operands.wrong(1, "non-string " + what + " found in pattern object");
  }

  private static Value replace(EvaluationContext context, String text, List<Pair> pairs) {
    StringBuilder out = new StringBuilder(text.length());
    int copied = 0;
    boolean wasEmpty = false;
    for (int at = 0; at <= text.length(); ) {
      context.tick();
      Pair pair = fitting(pairs, text, at, wasEmpty);
      wasEmpty = pair != null && pair.old.isEmpty();
      if (pair == null || pair.old.isEmpty()) {
        if (pair != null) {
          append(context, out.append(text, copied, at), pair.with);
          copied = at;
          continue;
        }
        at += at < text.length() ? Character.charCount(text.codePointAt(at)) : 1;
      } else {
        append(context, out.append(text, copied, at), pair.with);
        at += pair.old.length();
        copied = at;
      }
    }
    return Value.of(out.append(text, copied, text.length()).toString());
  }

  private static void append(EvaluationContext context, StringBuilder out, String text) {
    context.allocate(text.length());
    out.append(text);
  }

  /** Behind an empty match the empty text does not fit again. */
  private static @Nullable Pair fitting(List<Pair> pairs, String text, int at, boolean wasEmpty) {
    for (Pair pair : pairs) {
      if (text.startsWith(pair.old, at) && !(wasEmpty && pair.old.isEmpty())) {
        return pair;
      }
    }
    return null;
  }
}

package dev.blastwall.opa.builtin;

import dev.blastwall.opa.Value;
import java.util.function.IntPredicate;

/** What cuts something off the ends of a string. */
final class Trimming {
  private Trimming() {}

  static void register(Builtins.Registry registry) {
    registry.binary("trim", cut(true, true));
    registry.binary("trim_left", cut(true, false));
    registry.binary("trim_right", cut(false, true));
    registry.unary(
        "trim_space",
        (context, text) -> Value.of(trim(Operands.string(text, 1), Trimming::isSpace, true, true)));
    registry.binary(
        "trim_prefix",
        (context, text, prefix) ->
            Value.of(withoutPrefix(Operands.string(text, 1), Operands.string(prefix, 2))));
    registry.binary(
        "trim_suffix",
        (context, text, suffix) ->
            Value.of(withoutSuffix(Operands.string(text, 1), Operands.string(suffix, 2))));
  }

  private static Builtin.Binary cut(boolean left, boolean right) {
    return (context, text, cutset) -> {
      String of = Operands.string(text, 1);
      String points = Operands.string(cutset, 2);
      return Value.of(trim(of, point -> points.indexOf(point) >= 0, left, right));
    };
  }

  private static String trim(String text, IntPredicate goes, boolean left, boolean right) {
    int start = 0;
    int end = text.length();
    while (left && start < end && goes.test(text.codePointAt(start))) {
      start += Character.charCount(text.codePointAt(start));
    }
    while (right && start < end && goes.test(text.codePointBefore(end))) {
      end -= Character.charCount(text.codePointBefore(end));
    }
    return text.substring(start, end);
  }

  /** Go's {@code unicode.IsSpace}: Unicode's White_Space. */
  private static boolean isSpace(int point) {
    return (point >= 0x09 && point <= 0x0d) || point == 0x85 || Character.isSpaceChar(point);
  }

  private static String withoutPrefix(String text, String prefix) {
    return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
  }

  private static String withoutSuffix(String text, String suffix) {
    return text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
  }
}

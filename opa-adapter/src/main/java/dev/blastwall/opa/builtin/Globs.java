package dev.blastwall.opa.builtin;

import com.google.re2j.Pattern;
import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;

/** Globs, by translation to RE2. */
final class Globs {
  private record Glob(String pattern, String separators) {}

  private static final PatternCache<Glob> PATTERNS =
      new PatternCache<>(glob ->
          Pattern.compile(GlobTranslator.translate(glob.pattern, glob.separators), Pattern.DOTALL));

  /** What {@code gobwas/glob} gives a meaning. */
  private static final java.util.regex.Pattern SPECIAL =
      java.util.regex.Pattern.compile("[*?\\\\\\[\\]{}]");

  private Globs() {}

  static void register(Builtins.Registry registry) {
    registry.ternary(
        "glob.match",
        (context, pattern, separators, text) ->
            Value.of(match(Operands.string(pattern, 1), separators, text)));
    registry.unary(
        "glob.quote_meta",
        (context, text) ->
            Value.of(SPECIAL.matcher(Operands.string(text, 1)).replaceAll("\\\\$0")));
  }

  private static boolean match(String pattern, Value separators, Value text) {
    Glob glob = new Glob(pattern, separators(separators));
    return PATTERNS.get(glob).matches(Operands.string(text, 3));
  }

  /** An empty list stands for the dot, null for no separator. */
  private static String separators(Value value) {
    return switch (value.type()) {
      case NULL -> "";
      case ARRAY -> ((ArrayValue) value).size() == 0 ? "." : runes((ArrayValue) value);
      default -> throw Operands.wrongType(2, value, "array", "null");
    };
  }

  private static String runes(ArrayValue array) {
    StringBuilder runes = new StringBuilder();
    for (Value element : array.asList()) {
      if (!(element instanceof StringValue string)) {
        throw Operands.wrongElement(2, array, element, "string");
      }
      if (string.length() != 1) {
        throw Operands.wrongElement(2, array, element, "rune");
      }
      runes.append(string.text());
    }
    return runes.toString();
  }
}

package dev.blastwall.opa.builtin;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.NumberValue;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.IntUnaryOperator;

/** Strings; positions and lengths count code points. */
final class Strings {
  private Strings() {}

  static void register(Builtins.Registry registry) {
    registry.binary(
        "concat",
        (context, separator, parts) ->
            Value.of(String.join(Operands.string(separator, 1), Operands.strings(parts, 2))));
    registry.binary("contains", test(String::contains));
    registry.binary("startswith", test(String::startsWith));
    registry.binary("endswith", test(String::endsWith));
    registry.binary("strings.any_prefix_match", anyMatch(String::startsWith));
    registry.binary("strings.any_suffix_match", anyMatch(String::endsWith));
    registry.binary(
        "indexof",
        (context, text, search) -> indexOf(Operands.string(text, 1), Operands.string(search, 2)));
    registry.binary(
        "indexof_n",
        (context, text, search) ->
            indexesOf(context, Operands.string(text, 1), Operands.string(search, 2)));
    registry.binary(
        "strings.count",
        (context, text, search) ->
            Value.of(count(Operands.string(text, 1), Operands.string(search, 2))));
    registry.unary(
        "lower",
        (context, text) -> Value.of(map(Operands.string(text, 1), Character::toLowerCase)));
    registry.unary(
        "upper",
        (context, text) -> Value.of(map(Operands.string(text, 1), Character::toUpperCase)));
    registry.unary(
        "strings.reverse",
        (context, text) ->
            Value.of(new StringBuilder(Operands.string(text, 1)).reverse().toString()));
    registry.binary(
        "split",
        (context, text, separator) ->
            split(Operands.string(text, 1), Operands.string(separator, 2)));
    registry.ternary(
        "strings.split_n",
        (context, text, separator, count) ->
            splitN(
                split(Operands.string(text, 1), Operands.string(separator, 2)),
                Operands.integer(count, 3)));
    registry.ternary(
        "substring",
        (context, text, offset, length) ->
            substring(
                Operands.string(text, 1),
                Operands.integer(offset, 2),
                Operands.integer(length, 3)));
    registry.binary("format_int", (context, number, base) -> formatInt(number, base));
  }

  private static Builtin.Binary test(BiPredicate<String, String> predicate) {
    return (context, text, part) ->
        Value.of(predicate.test(Operands.string(text, 1), Operands.string(part, 2)));
  }

  private static Builtin.Binary anyMatch(BiPredicate<String, String> predicate) {
    return (context, texts, parts) -> {
      List<String> all = oneOrMore(texts, 1);
      List<String> wanted = oneOrMore(parts, 2);
      return Value.of(
          all.stream()
              .anyMatch(text -> wanted.stream().anyMatch(part -> predicate.test(text, part))));
    };
  }

  /**
   * Code point by code point: Java's own way knows special cases (ß, final sigma) that Go does not.
   */
  private static String map(String text, IntUnaryOperator mapping) {
    int[] points = text.codePoints().map(mapping).toArray();
    return new String(points, 0, points.length);
  }

  private static List<String> oneOrMore(Value value, int position) {
    if (value instanceof StringValue string) {
      return List.of(string.text());
    }
    if (value.type() != Value.Type.ARRAY && value.type() != Value.Type.SET) {
      throw Operands.wrongType(position, value, "string", "set", "array");
    }
    return Operands.strings(value, position);
  }

  private static Value indexOf(String text, String search) {
    if (search.isEmpty()) {
      throw BuiltinFailure.failed("empty search character");
    }
    int index = text.indexOf(search);
    return Value.of(index < 0 ? -1 : text.codePointCount(0, index));
  }

  private static Value indexesOf(EvaluationContext context, String text, String search) {
    if (search.isEmpty()) {
      throw BuiltinFailure.failed("empty search character");
    }
    ArrayValue indexes = new ArrayValue(0);
    int points = 0;
    int from = 0;
    for (int at = text.indexOf(search); at >= 0; at = text.indexOf(search, at + 1)) {
      context.tick();
      points += text.codePointCount(from, at);
      from = at;
      indexes.add(Value.of(points));
    }
    return indexes;
  }

  /**
   * Occurrences that do not overlap; of the empty string, one before each code point and one
   * behind.
   */
  private static int count(String text, String search) {
    if (search.isEmpty()) {
      return text.codePointCount(0, text.length()) + 1;
    }
    int count = 0;
    for (int at = text.indexOf(search); at >= 0; at = text.indexOf(search, at + search.length())) {
      count++;
    }
    return count;
  }

  /** The first so many parts, or the last so many if the count is negative. */
  private static Value splitN(ArrayValue parts, long count) {
    int size = parts.size();
    return count >= 0
        ? parts.slice(0, (int) Math.min(count, size))
        : parts.slice((int) Math.max(0, size + count), size);
  }

  private static ArrayValue split(String text, String separator) {
    ArrayValue parts = new ArrayValue(4);
    if (separator.isEmpty()) {
      text.codePoints().forEach(point -> parts.add(Value.of(Character.toString(point))));
      return parts;
    }
    int from = 0;
    for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, from)) {
      parts.add(Value.of(text.substring(from, at)));
      from = at + separator.length();
    }
    return parts.add(Value.of(text.substring(from)));
  }

  private static Value substring(String text, long offset, long length) {
    if (offset < 0) {
      throw BuiltinFailure.failed("negative offset");
    }
    int points = text.codePointCount(0, text.length());
    if (offset >= points) {
      return Value.of("");
    }
    long count = length < 0 ? points - offset : Math.min(length, points - offset);
    int start = text.offsetByCodePoints(0, (int) offset);
    return Value.of(text.substring(start, text.offsetByCodePoints(start, (int) count)));
  }

  private static Value formatInt(Value value, Value base) {
    NumberValue number = Operands.number(value, 1);
    String radix = Operands.number(base, 2).toString();
    if (!List.of("2", "8", "10", "16").contains(radix)) {
      throw Operands.wrong(2, "must be one of {2, 8, 10, 16}");
    }
    BigInteger integer = number.toDecimal().setScale(0, RoundingMode.DOWN).toBigInteger();
    return Value.of(integer.toString(Integer.parseInt(radix)));
  }
}

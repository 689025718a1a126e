package dev.blastwall.opa.builtin;

import dev.blastwall.opa.BooleanValue;
import dev.blastwall.opa.NullValue;
import dev.blastwall.opa.NumberValue;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import java.math.BigInteger;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a plain scalar of YAML means, by the rules of Go's {@code yaml.v3}. */
final class YamlScalars {
  private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
  private static final Set<String> TRUE = Set.of("true", "True", "TRUE");
  private static final Set<String> FALSE = Set.of("false", "False", "FALSE");

  private static final Pattern NOT_FINITE =
      Pattern.compile("[+-]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");

  /** With a base, as Go reads it: a leading zero alone means octal. */
  private static final Pattern INTEGER =
      Pattern.compile("([+-]?)(0[xX]|0[oO]|0[bB]|0(?=[0-7])|)([0-9a-fA-F]+)");

  private static final Pattern FLOAT =
      Pattern.compile("[+-]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][+-]?[0-9]+)?");

  private YamlScalars() {}

  static boolean isText(String plain) {
    return !NOT_FINITE.matcher(plain).matches() && resolve(plain) instanceof StringValue;
  }

  static Value resolve(String plain) {
    if (NULLS.contains(plain)) {
      return NullValue.NULL;
    }
    if (TRUE.contains(plain) || FALSE.contains(plain)) {
      return BooleanValue.of(TRUE.contains(plain));
    }
    if (NOT_FINITE.matcher(plain).matches()) {
      throw BuiltinFailure.failed("json: unsupported value: " + plain);
    }
    char first = plain.charAt(0);
    boolean mayBeNumber = (first >= '0' && first <= '9') || "+-.".indexOf(first) >= 0;
    return mayBeNumber ? number(plain) : Value.of(plain);
  }

  private static Value number(String plain) {
    String digits = plain.replace("_", "");
    Matcher integer = INTEGER.matcher(digits);
    if (integer.matches()) {
      int base = base(integer.group(2));
      if (base == 16 || integer.group(3).chars().allMatch(c -> Character.digit(c, base) >= 0)) {
        BigInteger magnitude = new BigInteger(integer.group(3), base);
        // Beyond 64 bits it is a floating-point number.
        if (magnitude.bitLength() <= Long.SIZE) {
          return NumberValue.of(integer.group(1).equals("-") ? magnitude.negate() : magnitude);
        }
      }
    }
    if (!FLOAT.matcher(digits).matches()) {
      return Value.of(plain);
    }
    double value = Double.parseDouble(digits);
    return Double.isInfinite(value) ? Value.of(plain) : NumberValue.parse(shortest(value));
  }

  private static String shortest(double value) {
    boolean isInteger = value == Math.rint(value) && Math.abs(value) < 1e15;
    return isInteger ? Long.toString((long) value) : Double.toString(value);
  }

  private static int base(String prefix) {
    return switch (prefix) {
      case "0x", "0X" -> 16;
      case "0b", "0B" -> 2;
      case "" -> 10;
      default -> 8;
    };
  }
}

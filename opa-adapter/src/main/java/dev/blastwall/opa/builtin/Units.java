package dev.blastwall.opa.builtin;

import dev.blastwall.opa.NumberValue;
import dev.blastwall.opa.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes in bytes. */
final class Units {
  private static final String NAME = "units.parse_bytes: ";
  private static final Pattern NUMBER = Pattern.compile("[0-9.+-]*(e[+-]?[0-9]+)?");
  private static final Pattern VALID =
      Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)(e[+-]?[0-9]+)?");
  private static final int MAX_EXPONENT_DIGITS = 6;

  private static final Map<String, BigInteger> FACTORS = factors();

  private Units() {}

  static void register(Builtins.Registry registry) {
    registry.unary("units.parse_bytes", (context, text) -> parse(Operands.string(text, 1)));
  }

  private static Map<String, BigInteger> factors() {
    Map<String, BigInteger> factors = new HashMap<>();
    factors.put("", BigInteger.ONE);
    for (int i = 0; i < 6; i++) {
      String letter = "kmgtpe".substring(i, i + 1);
      BigInteger decimal = BigInteger.valueOf(1000).pow(i + 1);
      BigInteger binary = BigInteger.valueOf(1024).pow(i + 1);
      factors.put(letter, decimal);
      factors.put(letter + "b", decimal);
      factors.put(letter + "i", binary);
      factors.put(letter + "ib", binary);
    }
    return factors;
  }

  private static Value parse(String text) {
    String plain = text.toLowerCase(Locale.ROOT).replace("\"", "");
    if (plain.contains(" ")) {
      throw BuiltinFailure.failed(NAME + "spaces not allowed in resource strings");
    }
    Matcher number = NUMBER.matcher(plain);
    int end = number.lookingAt() ? number.end() : 0;
    if (end > 0 && number.group(1) != null && digits(number.group(1)) > MAX_EXPONENT_DIGITS) {
      throw BuiltinFailure.failed(NAME + "exponent too large");
    }
    if (end == 0) {
      throw BuiltinFailure.failed(NAME + "no byte amount provided");
    }
    return multiply(plain.substring(0, end), factor(plain.substring(end)));
  }

  private static long digits(String exponent) {
    return exponent.chars().filter(Character::isDigit).count();
  }

  private static BigInteger factor(String unit) {
    BigInteger factor = FACTORS.get(unit);
    if (factor == null) {
      throw BuiltinFailure.failed(NAME + "byte unit " + unit + " not recognized");
    }
    return factor;
  }

  private static Value multiply(String number, BigInteger factor) {
    if (!VALID.matcher(number).matches()) {
      throw BuiltinFailure.failed(NAME + "could not parse byte amount to a number");
    }
    NumberValue amount;
    try {
      amount = NumberValue.parse(number);
    } catch (NumberFormatException e) {
      throw BuiltinFailure.failed(NAME + "could not parse byte amount to a number");
    }
    BinaryFloat bytes = BinaryFloat.of(amount).times(BinaryFloat.round(new BigDecimal(factor)));
    return NumberValue.of(bytes.value().toBigInteger());
  }
}

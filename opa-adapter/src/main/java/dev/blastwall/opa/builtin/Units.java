package dev.blastwall.opa.builtin;

import dev.blastwall.opa.NumberValue;
import dev.blastwall.opa.Value;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Amounts with a unit: bytes, and SI with binary prefixes. */
final class Units {
  private static final String BYTES = "units.parse_bytes: ";
  private static final String PLAIN = "units.parse: ";

  private static final Pattern HUGE_EXPONENT = Pattern.compile("[eE][+-]?[0-9]{7}");
  private static final Pattern VALID =
      Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");
  private static final int DECIMALS = 10;

  private static final Map<String, BigDecimal> FACTORS = factors();

  private record Amount(String number, String unit) {}

  private Units() {}

  static void register(Builtins.Registry registry) {
    registry.unary("units.parse_bytes", (context, text) -> bytes(Operands.string(text, 1)));
    registry.unary("units.parse", (context, text) -> plain(Operands.string(text, 1)));
  }

  /** By letter in lower case, with an i behind it for the binary ones. */
  private static Map<String, BigDecimal> factors() {
    Map<String, BigDecimal> factors = new HashMap<>();
    factors.put("", BigDecimal.ONE);
    for (int i = 0; i < 6; i++) {
      String letter = "kmgtpe".substring(i, i + 1);
      factors.put(letter, BigDecimal.valueOf(1000).pow(i + 1));
      factors.put(letter + "i", BigDecimal.valueOf(1024).pow(i + 1));
    }
    return factors;
  }

  private static Value bytes(String text) {
    Amount amount = amount(text.toLowerCase(Locale.ROOT), BYTES, "no byte amount provided");
    String unit = amount.unit();
    boolean hasByte = unit.length() > 1 && unit.endsWith("b");
    BigDecimal factor = FACTORS.get(hasByte ? unit.substring(0, unit.length() - 1) : unit);
    if (factor == null) {
      throw BuiltinFailure.failed(BYTES + "byte unit " + unit + " not recognized");
    }
    NumberValue number = number(amount.number(), BYTES + "could not parse byte amount to a number");
    BinaryFloat bytes = BinaryFloat.of(number).times(BinaryFloat.round(factor));
    return NumberValue.of(bytes.value().toBigInteger());
  }

  /** Exact; the letter m alone is a thousandth, M a million. */
  private static Value plain(String text) {
    Amount amount = amount(text, PLAIN, "no amount provided");
    BigDecimal factor = factor(amount.unit());
    BigDecimal product =
        number(amount.number(), PLAIN + "could not parse amount to a number")
            .toDecimal()
            .multiply(factor);
    return product.stripTrailingZeros().scale() <= 0
        ? NumberValue.of(product.toBigIntegerExact())
        : NumberValue.parse(product.setScale(DECIMALS, RoundingMode.HALF_UP).toPlainString());
  }

  private static BigDecimal factor(String unit) {
    String written =
        unit.isEmpty() ? unit : unit.charAt(0) + unit.substring(1).toLowerCase(Locale.ROOT);
    if (written.equals("m")) {
      // OPA takes the binary fraction that is nearest to a thousandth.
      return new BigDecimal(0.001);
    }
    BigDecimal factor = FACTORS.get(written.toLowerCase(Locale.ROOT));
    if (factor == null) {
      throw BuiltinFailure.failed(PLAIN + "unit " + written + " not recognized");
    }
    return factor;
  }

  private static Amount amount(String text, String name, String missing) {
    String unquoted = text.replace("\"", "");
    if (unquoted.contains(" ")) {
      throw BuiltinFailure.failed(name + "spaces not allowed in resource strings");
    }
    int end = 0;
    while (end < unquoted.length() && isInNumber(unquoted, end)) {
      end++;
    }
    String number = unquoted.substring(0, end);
    if (HUGE_EXPONENT.matcher(number).find()) {
      throw BuiltinFailure.failed(name + "exponent too large");
    }
    if (number.isEmpty()) {
      throw BuiltinFailure.failed(name + missing);
    }
    return new Amount(number, unquoted.substring(end));
  }

  /** An e belongs to the number if a digit or sign is behind it. */
  private static boolean isInNumber(String text, int at) {
    char c = text.charAt(at);
    boolean isExponent = (c == 'e' || c == 'E') && at + 1 < text.length();
    char sign = isExponent ? text.charAt(at + 1) : c;
    return (sign >= '0' && sign <= '9')
        || sign == '+'
        || sign == '-'
        || (sign == '.' && !isExponent);
  }

  private static NumberValue number(String text, String otherwise) {
    if (!VALID.matcher(text).matches()) {
      throw BuiltinFailure.failed(otherwise);
    }
    try {
      return NumberValue.parse(text);
    } catch (NumberFormatException e) {
      throw BuiltinFailure.failed(otherwise);
    }
  }
}

package dev.blastwall.opa.builtin;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Go's {@code strconv.FormatFloat} for numbers that are not negative. */
final class GoFloat {
  private GoFloat() {}

  /**
   * The number in form e, f or g.
   *
   * @param verb of the format; {@code v} is g
   * @param precision digits behind the point (e, f) or in all (g); negative for the default: 6, or
   *     as few as name the number
   */
  static String format(double value, int verb, int precision) {
    return switch (verb) {
      case 'f', 'F' -> fixed(new BigDecimal(value), precision < 0 ? 6 : precision);
      case 'e' -> scientific(rounded(value, (precision < 0 ? 6 : precision) + 1));
      case 'E' -> format(value, 'e', precision).toUpperCase(Locale.ROOT);
      case 'G' -> general(value, precision).toUpperCase(Locale.ROOT);
      default -> general(value, precision);
    };
  }

  private static String fixed(BigDecimal exact, int digits) {
    return exact.setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
  }

  private static BigDecimal rounded(double value, int digits) {
    BigDecimal rounded =
        new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_EVEN));
    return rounded.signum() == 0
        ? BigDecimal.ZERO.setScale(digits - 1)
        : rounded.setScale(rounded.scale() + digits - rounded.precision());
  }

  private static String scientific(BigDecimal number) {
    String digits = number.unscaledValue().toString();
    int exponent = number.signum() == 0 ? 0 : number.precision() - number.scale() - 1;
    if (number.signum() == 0) {
      digits = "0".repeat(number.scale() + 1);
    }
    String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
    return digits.charAt(0)
        + fraction
        + String.format("e%s%02d", exponent < 0 ? "-" : "+", Math.abs(exponent));
  }

  private static String general(double value, int precision) {
    if (value == 0) {
      return "0";
    }
    // Java's shortest form since JDK 19 is Go's: the fewest digits that read back as the same
    // number.
    BigDecimal number =
        precision < 0
            ? new BigDecimal(Double.toString(value)).stripTrailingZeros()
            : new BigDecimal(value)
                .round(new MathContext(Math.max(1, precision), RoundingMode.HALF_EVEN))
                .stripTrailingZeros();
    int exponent = number.precision() - number.scale() - 1;
    int limit = precision < 0 ? 6 : Math.max(1, precision);
    if (precision > number.precision() && number.precision() >= exponent + 1) {
      limit = number.precision();
    }
    return exponent < -4 || exponent >= limit ? scientific(number) : number.toPlainString();
  }
}

package dev.blastwall.opa.builtin.schema;

import java.math.BigDecimal;
import java.util.Locale;

/** Numbers as Go prints them. */
final class GoNumbers {
  private GoNumbers() {}

  /** Go's format {@code g}: scientific below 10^-4 and from 10^6 on. */
  static String general(BigDecimal number) {
    int exponent = exponent(number);
    return number.signum() != 0 && (exponent < -4 || exponent >= 6)
        ? scientific(number, "e%s%02d")
        : plain(number);
  }

  /** As {@code encoding/json} writes a float: scientific below 10^-6 and from 10^21 on. */
  static String json(double number) {
    BigDecimal exact = new BigDecimal(Double.toString(number));
    int exponent = exponent(exact);
    if (number == 0) {
      return 1 / number < 0 ? "-0" : "0";
    }
    return exponent < -6 || exponent >= 21 ? scientific(exact, "e%s%d") : plain(exact);
  }

  private static int exponent(BigDecimal number) {
    return number.precision() - number.scale() - 1;
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  private static String scientific(BigDecimal number, String power) {
    String digits = number.stripTrailingZeros().unscaledValue().abs().toString();
    int exponent = exponent(number);
    return (number.signum() < 0 ? "-" : "")
        + digits.charAt(0)
        + (digits.length() == 1 ? "" : "." + digits.substring(1))
        + String.format(Locale.ROOT, power, exponent < 0 ? "-" : "+", Math.abs(exponent));
  }
}

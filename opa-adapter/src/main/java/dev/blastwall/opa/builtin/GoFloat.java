package dev.blastwall.opa.builtin;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Go's {@code strconv.FormatFloat} for numbers that are not negative. */
final class GoFloat {
  private static final Pattern PARTS = Pattern.compile("([0-9.]+)([eE].*)?");
  private static final Pattern HEX_PARTS = Pattern.compile("([0-9a-fA-FxX.]+)([pP].*)");
  private static final int FRACTION_BITS = 52;
  private static final int HEX_DIGITS = FRACTION_BITS / 4;
  private static final int BIAS = 1023;

  private GoFloat() {}

  /**
   * The number in form b, e, f, g or x.
   *
   * @param verb of the format; {@code v} is g
   * @param precision digits behind the point (e, f, x) or in all (g); negative for the default: 6
   *     (e, f), or as few as name the number
   */
  static String format(double value, int verb, int precision) {
    return switch (verb) {
      case 'f', 'F' -> fixed(new BigDecimal(value), precision < 0 ? 6 : precision);
      case 'e' -> scientific(rounded(value, (precision < 0 ? 6 : precision) + 1));
      case 'E' -> format(value, 'e', precision).toUpperCase(Locale.ROOT);
      case 'G' -> general(value, precision).toUpperCase(Locale.ROOT);
      case 'b' -> binary(value);
      case 'x' -> hexadecimal(value, precision);
      case 'X' -> hexadecimal(value, precision).toUpperCase(Locale.ROOT);
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
    BigDecimal number =
        precision < 0
            ? shortest(value)
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

  /**
   * The fewest digits that read back as the same number. Java's are the same since JDK 19, only
   * that it never takes a single one where two come closer.
   */
  private static BigDecimal shortest(double value) {
    BigDecimal single = new BigDecimal(value).round(new MathContext(1, RoundingMode.HALF_EVEN));
    return single.doubleValue() == value
        ? single.stripTrailingZeros()
        : new BigDecimal(Double.toString(value)).stripTrailingZeros();
  }

  /**
   * What Go's flag {@code #} makes of a formatted number: it always has a point, and in form g and
   * x all the digits that the precision asks for.
   */
  static String pointed(String formatted, int verb, int precision) {
    boolean isHex = verb == 'x' || verb == 'X';
    Matcher parts = (isHex ? HEX_PARTS : PARTS).matcher(formatted);
    if (!parts.matches()) {
      return formatted;
    }
    String number = parts.group(1);
    String digits = number.replace(".", "");
    String significant = digits.replaceFirst("^0+", "");
    boolean hasPoint = number.contains(".");
    int counted = significant.length() + (!hasPoint && number.equals("0") ? 1 : 0);
    boolean isFilled = "vgGx".indexOf(verb) >= 0;
    int missing = isFilled ? (precision < 0 ? 6 : precision) - counted : 0;
    return number
        + (hasPoint ? "" : ".")
        + "0".repeat(Math.max(0, missing))
        + Objects.requireNonNullElse(parts.group(2), "");
  }

  /** The mantissa as an integer, and the power of two that it is multiplied with. */
  private static String binary(double value) {
    long bits = Double.doubleToLongBits(value);
    long fraction = bits & (1L << FRACTION_BITS) - 1;
    int exponent = Math.max(1, (int) (bits >>> FRACTION_BITS)) - BIAS - FRACTION_BITS;
    long mantissa = bits >>> FRACTION_BITS == 0 ? fraction : fraction | 1L << FRACTION_BITS;
    return mantissa + "p" + (exponent < 0 ? "" : "+") + exponent;
  }

  /** One digit, which is 1 but for zero, and a fraction of the mantissa in base 16. */
  private static String hexadecimal(double value, int precision) {
    if (value == 0) {
      return "0x0" + (precision > 0 ? "." + "0".repeat(precision) : "") + "p+00";
    }
    int exponent = Math.getExponent(value);
    long mantissa = Double.doubleToLongBits(value) & (1L << FRACTION_BITS) - 1;
    if (exponent < Double.MIN_EXPONENT) {
      int shift = Long.numberOfLeadingZeros(mantissa) - (Long.SIZE - 1 - FRACTION_BITS);
      exponent = Double.MIN_EXPONENT - shift;
      mantissa <<= shift;
    } else {
      mantissa |= 1L << FRACTION_BITS;
    }
    int kept = precision < 0 ? HEX_DIGITS : Math.min(precision, HEX_DIGITS);
    BigDecimal unit = BigDecimal.valueOf(1L << 4 * (HEX_DIGITS - kept));
    long rounded =
        BigDecimal.valueOf(mantissa).divide(unit, 0, RoundingMode.HALF_EVEN).longValueExact();
    String digits = Long.toHexString(rounded);
    if (rounded >> 4 * kept > 1) {
      digits = "1" + "0".repeat(kept);
      exponent++;
    }
    String fraction = digits.substring(1) + "0".repeat(Math.max(0, precision - kept));
    String shown = precision < 0 ? fraction.replaceFirst("0+$", "") : fraction;
    String point = shown.isEmpty() ? "" : ".";
    String sign = exponent < 0 ? "-" : "+";
    return "0x1" + point + shown + "p" + sign + String.format("%02d", Math.abs(exponent));
  }
}

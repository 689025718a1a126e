package dev.blastwall.opa.builtin;

import dev.blastwall.opa.NumberValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * The number that Go's {@code big.Float} makes of a decimal: a binary fraction with a mantissa of
 * 64 bits, rounded to nearest even. OPA computes with it whatever is not an integer, so its
 * roundings show in results.
 *
 * @param value the exact value; a finite binary fraction is a finite decimal one
 */
record BinaryFloat(BigDecimal value) {
  private static final int MANTISSA_BITS = 64;

  /** The digits that always suffice to name one number of 64 bits of mantissa. */
  private static final int MAX_DIGITS = 22;

  static BinaryFloat of(NumberValue number) {
    return round(number.toDecimal());
  }

  static BinaryFloat round(BigDecimal exact) {
    return exact.scale() <= 0
        ? roundQuotient(exact.toBigIntegerExact(), BigInteger.ONE)
        : roundQuotient(exact.unscaledValue(), BigInteger.TEN.pow(exact.scale()));
  }

  private static BinaryFloat roundQuotient(BigInteger numerator, BigInteger denominator) {
    if (numerator.signum() == 0) {
      return new BinaryFloat(BigDecimal.ZERO);
    }
    // Scaled so that the integer quotient has the mantissa's bits and at least two more.
    BigInteger dividend = numerator.abs();
    int shift = MANTISSA_BITS + 2 - (dividend.bitLength() - denominator.bitLength());
    BigInteger[] parts =
        shift >= 0
            ? dividend.shiftLeft(shift).divideAndRemainder(denominator)
            : dividend.divideAndRemainder(denominator.shiftLeft(-shift));
    int excess = parts[0].bitLength() - MANTISSA_BITS;
    BigInteger mantissa = roundOff(parts[0], excess, parts[1].signum() != 0);
    BigDecimal magnitude = scale(mantissa, excess - shift);
    return new BinaryFloat(numerator.signum() < 0 ? magnitude.negate() : magnitude);
  }

  private static BigInteger roundOff(BigInteger quotient, int bits, boolean isMore) {
    BigInteger mantissa = quotient.shiftRight(bits);
    boolean half = quotient.testBit(bits - 1);
    boolean aboveHalf = half && (isMore || quotient.getLowestSetBit() < bits - 1);
    return aboveHalf || (half && mantissa.testBit(0)) ? mantissa.add(BigInteger.ONE) : mantissa;
  }

  private static BigDecimal scale(BigInteger mantissa, int exponent) {
    return exponent >= 0
        ? new BigDecimal(mantissa.shiftLeft(exponent))
        : new BigDecimal(mantissa).divide(new BigDecimal(BigInteger.ONE.shiftLeft(-exponent)));
  }

  BinaryFloat plus(BinaryFloat other) {
    return round(value.add(other.value));
  }

  BinaryFloat minus(BinaryFloat other) {
    return round(value.subtract(other.value));
  }

  BinaryFloat times(BinaryFloat other) {
    return round(value.multiply(other.value));
  }

  BinaryFloat dividedBy(BinaryFloat other) {
    int scale = Math.max(0, Math.max(value.scale(), other.value.scale()));
    BigInteger numerator = value.setScale(scale).unscaledValue();
    BigInteger denominator = other.value.setScale(scale).unscaledValue();
    return denominator.signum() < 0
        ? roundQuotient(numerator.negate(), denominator.negate())
        : roundQuotient(numerator, denominator);
  }

  boolean isZero() {
    return value.signum() == 0;
  }

  /**
   * As Go prints it: an integer in full, else the fewest digits that name this number and no other.
   */
  NumberValue toNumber() {
    if (value.stripTrailingZeros().scale() <= 0) {
      return NumberValue.of(value.toBigIntegerExact());
    }
    BigDecimal shortest = shortest();
    int exponent = shortest.precision() - shortest.scale() - 1;
    // Go's format g: scientific below 10^-4 and from 10^6 on.
    return NumberValue.parse(
        exponent < -4 || exponent >= 21
            ? scientific(shortest, exponent)
            : shortest.toPlainString());
  }

  private BigDecimal shortest() {
    for (int digits = 1; digits < MAX_DIGITS; digits++) {
      BigDecimal candidate = value.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (round(candidate).value.compareTo(value) == 0) {
        return candidate.stripTrailingZeros();
      }
    }
    return value.round(new MathContext(MAX_DIGITS, RoundingMode.HALF_EVEN)).stripTrailingZeros();
  }

  private static String scientific(BigDecimal number, int exponent) {
    String digits = number.unscaledValue().abs().toString();
    String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
    String sign = number.signum() < 0 ? "-" : "";
    String power =
        (exponent < 0 ? "-" : "+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    return sign + digits.charAt(0) + fraction + "e" + power;
  }
}

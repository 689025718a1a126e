package dev.blastwall.opa;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * A number of any size, exact.
 *
 * <p>Integers that fit 64 bits are held as a {@code long}, everything else as a decimal. The text
 * of a literal is kept, because OPA prints a number that only passes through a policy the way it
 * was written ({@code 1.0} stays {@code 1.0}).
 */
public final class NumberValue implements Value {
  /**
   * Beyond this a decimal exponent is refused: {@code 1e999999999} is four bytes of text and a
   * gigabyte of digits.
   */
  private static final int MAX_EXPONENT = 10_000;

  private static final int CACHE_LOW = -128;
  private static final NumberValue[] CACHE = new NumberValue[1152];

  static {
    for (int i = 0; i < CACHE.length; i++) {
      CACHE[i] = new NumberValue(i + CACHE_LOW, null, null);
    }
  }

  private final long integer;

  /** The value when it is no 64-bit integer; then {@link #integer} means nothing. */
  private final @Nullable BigDecimal decimal;

  private final @Nullable String literal;

  private NumberValue(long integer, @Nullable BigDecimal decimal, @Nullable String literal) {
    this.integer = integer;
    this.decimal = decimal;
    this.literal = literal;
  }

  /** The integer as a number. */
  public static NumberValue of(long value) {
    return value >= CACHE_LOW && value < CACHE_LOW + CACHE.length
        ? CACHE[(int) (value - CACHE_LOW)]
        : new NumberValue(value, null, null);
  }

  /** The integer as a number. */
  public static NumberValue of(BigInteger value) {
    return value.bitLength() < Long.SIZE
        ? of(value.longValue())
        : new NumberValue(0, new BigDecimal(value), value.toString());
  }

  /**
   * The number that a JSON text writes.
   *
   * @throws NumberFormatException when the text is not a number, or its exponent is beyond 10,000
   */
  public static NumberValue parse(String text) {
    if (isPlainInteger(text)) {
      return of(Long.parseLong(text));
    }
    BigDecimal decimal = new BigDecimal(text);
    if (Math.abs((long) decimal.precision() - decimal.scale()) > MAX_EXPONENT
        || Math.abs(decimal.scale()) > MAX_EXPONENT) {
      throw new NumberFormatException("the exponent of " + text + " is out of range");
    }
    return ofDecimal(decimal, text);
  }

  private static NumberValue ofDecimal(BigDecimal decimal, String text) {
    if (decimal.stripTrailingZeros().scale() <= 0) {
      BigInteger integer = decimal.toBigInteger();
      if (integer.bitLength() < Long.SIZE) {
        return new NumberValue(integer.longValue(), null, text);
      }
    }
    return new NumberValue(0, decimal, text);
  }

  private static boolean isPlainInteger(String text) {
    int length = text.length();
    if (length == 0 || length > 18) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && !(c == '-' && i == 0 && length > 1)) {
        return false;
      }
    }
    return !text.equals("-0");
  }

  /** Whether the value is an integer of 64 bits, so that {@link #longValue} gives it. */
  public boolean isLong() {
    return decimal == null;
  }

  /** The value of a number for which {@link #isLong} holds. */
  public long longValue() {
    return integer;
  }

  /** Whether the value has no fraction. */
  public boolean isInteger() {
    return decimal == null || decimal.stripTrailingZeros().scale() <= 0;
  }

  /** The value, exact. */
  public BigDecimal toDecimal() {
    return decimal == null ? BigDecimal.valueOf(integer) : decimal;
  }

  /** The value of a number for which {@link #isInteger} holds. */
  public BigInteger toBigInteger() {
    return decimal == null ? BigInteger.valueOf(integer) : decimal.toBigIntegerExact();
  }

  /** Less than zero, zero, or more. */
  public int signum() {
    return decimal == null ? Long.signum(integer) : decimal.signum();
  }

  int compareNumber(NumberValue other) {
    return decimal == null && other.decimal == null
        ? Long.compare(integer, other.integer)
        : toDecimal().compareTo(other.toDecimal());
  }

  @Override
  public Type type() {
    return Type.NUMBER;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof NumberValue number && compareNumber(number) == 0;
  }

  @Override
  public int hashCode() {
    return decimal == null ? Long.hashCode(integer) : decimal.stripTrailingZeros().hashCode();
  }

  /** The number as JSON text: as it was written, if it was. */
  @Override
  public String toString() {
    if (literal != null) {
      return literal;
    }
    return decimal == null ? Long.toString(integer) : decimal.toString();
  }
}

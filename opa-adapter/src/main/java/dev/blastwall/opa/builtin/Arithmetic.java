package dev.blastwall.opa.builtin;

import dev.blastwall.opa.NumberValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.function.BinaryOperator;

/**
 * Arithmetic as {@code v1/topdown/arithmetic.go} does it: exact on integers of any size, {@link
 * BinaryFloat} on all else.
 */
final class Arithmetic {
  private Arithmetic() {}

  static NumberValue add(NumberValue a, NumberValue b) {
    if (a.isLong() && b.isLong()) {
      long sum = a.longValue() + b.longValue();
      if (((a.longValue() ^ sum) & (b.longValue() ^ sum)) >= 0) {
        return NumberValue.of(sum);
      }
    }
    return wide(a, b, BigInteger::add, BinaryFloat::plus);
  }

  static NumberValue subtract(NumberValue a, NumberValue b) {
    if (a.isLong() && b.isLong()) {
      long difference = a.longValue() - b.longValue();
      if (((a.longValue() ^ b.longValue()) & (a.longValue() ^ difference)) >= 0) {
        return NumberValue.of(difference);
      }
    }
    return wide(a, b, BigInteger::subtract, BinaryFloat::minus);
  }

  static NumberValue multiply(NumberValue a, NumberValue b) {
    if (a.isLong() && b.isLong()) {
      long high = Math.multiplyHigh(a.longValue(), b.longValue());
      long low = a.longValue() * b.longValue();
      if (high == low >> 63) {
        return NumberValue.of(low);
      }
    }
    return wide(a, b, BigInteger::multiply, BinaryFloat::times);
  }

  private static NumberValue wide(
      NumberValue a,
      NumberValue b,
      BinaryOperator<BigInteger> exact,
      BinaryOperator<BinaryFloat> rounded) {
    return a.isInteger() && b.isInteger()
        ? NumberValue.of(exact.apply(a.toBigInteger(), b.toBigInteger()))
        : rounded.apply(BinaryFloat.of(a), BinaryFloat.of(b)).toNumber();
  }

  static NumberValue divide(NumberValue a, NumberValue b) {
    if (b.signum() == 0) {
      throw BuiltinFailure.failed("divide by zero");
    }
    if (isSmall(a) && isSmall(b) && a.longValue() % b.longValue() == 0) {
      return NumberValue.of(a.longValue() / b.longValue());
    }
    BinaryFloat divisor = BinaryFloat.of(b);
    if (divisor.isZero()) {
      throw BuiltinFailure.failed("divide by zero");
    }
    return BinaryFloat.of(a).dividedBy(divisor).toNumber();
  }

  private static boolean isSmall(NumberValue number) {
    return number.isLong() && (int) number.longValue() == number.longValue();
  }

  static NumberValue remainder(NumberValue a, NumberValue b) {
    if (!a.isInteger() || !b.isInteger()) {
      throw BuiltinFailure.failed("modulo on floating-point number");
    }
    if (b.signum() == 0) {
      throw BuiltinFailure.failed("modulo by zero");
    }
    return NumberValue.of(a.toBigInteger().remainder(b.toBigInteger()));
  }

  static NumberValue abs(NumberValue number) {
    return isSmall(number)
        ? NumberValue.of(Math.abs(number.longValue()))
        : new BinaryFloat(BinaryFloat.of(number).value().abs()).toNumber();
  }

  /** Half away from zero. */
  static NumberValue round(NumberValue number) {
    if (isSmall(number)) {
      return number;
    }
    BigDecimal half = BigDecimal.valueOf(number.signum() < 0 ? -5 : 5, 1);
    BinaryFloat moved = BinaryFloat.round(BinaryFloat.of(number).value().add(half));
    return toInteger(moved.value(), RoundingMode.DOWN);
  }

  static NumberValue ceil(NumberValue number) {
    return isSmall(number)
        ? number
        : toInteger(BinaryFloat.of(number).value(), RoundingMode.CEILING);
  }

  static NumberValue floor(NumberValue number) {
    return isSmall(number) ? number : toInteger(BinaryFloat.of(number).value(), RoundingMode.FLOOR);
  }

  private static NumberValue toInteger(BigDecimal value, RoundingMode mode) {
    return NumberValue.of(value.setScale(0, mode).toBigIntegerExact());
  }
}

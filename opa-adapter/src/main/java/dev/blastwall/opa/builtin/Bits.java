package dev.blastwall.opa.builtin;

import dev.blastwall.opa.NumberValue;
import dev.blastwall.opa.Value;
import java.math.BigInteger;
import java.util.function.BinaryOperator;

/** Bits of integers of any size. */
final class Bits {
  private Bits() {}

  static void register(Builtins.Registry registry) {
    registry.binary("bits.and", operation(BigInteger::and));
    registry.binary("bits.or", operation(BigInteger::or));
    registry.binary("bits.xor", operation(BigInteger::xor));
    registry.unary(
        "bits.negate", (context, value) -> NumberValue.of(Operands.bigInteger(value, 1).not()));
    registry.binary("bits.lsh", Bits::shiftLeft);
    registry.binary("bits.rsh", Bits::shiftRight);
  }

  private static Builtin.Binary operation(BinaryOperator<BigInteger> operation) {
    return (context, a, b) ->
        NumberValue.of(operation.apply(Operands.bigInteger(a, 1), Operands.bigInteger(b, 2)));
  }

  private static Value shiftLeft(EvaluationContext context, Value value, Value distance) {
    BigInteger bits = Operands.bigInteger(value, 1);
    BigInteger shift = distance(distance);
    if (bits.signum() == 0) {
      return NumberValue.of(0);
    }
    // The decimal digits of the result cost more than its bits.
    context.allocate(shift.bitLength() < Integer.SIZE ? shift.longValue() : Long.MAX_VALUE);
    return NumberValue.of(bits.shiftLeft(shift.intValue()));
  }

  private static Value shiftRight(EvaluationContext context, Value value, Value distance) {
    BigInteger bits = Operands.bigInteger(value, 1);
    BigInteger shift = distance(distance);
    return shift.bitLength() < Integer.SIZE
        ? NumberValue.of(bits.shiftRight(shift.intValue()))
        : NumberValue.of(bits.signum() < 0 ? -1 : 0);
  }

  private static BigInteger distance(Value value) {
    BigInteger distance = Operands.bigInteger(value, 2);
    if (distance.signum() < 0) {
      throw Operands.wrong(2, "must be an unsigned integer number but got a negative integer");
    }
    return distance;
  }
}

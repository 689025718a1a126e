package dev.blastwall.opa.builtin;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.NumberValue;
import dev.blastwall.opa.SetValue;
import dev.blastwall.opa.Value;
import java.math.BigInteger;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/** Numbers. */
final class Numbers {
  private Numbers() {}

  static void register(Builtins.Registry registry) {
    registry.binary("plus", operation(Arithmetic::add));
    registry.binary("minus", (context, a, b) -> minus(a, b));
    registry.binary("mul", operation(Arithmetic::multiply));
    registry.binary("div", operation(Arithmetic::divide));
    registry.binary("rem", operation(Arithmetic::remainder));
    registry.unary("abs", operation(Arithmetic::abs));
    registry.unary("round", operation(Arithmetic::round));
    registry.unary("ceil", operation(Arithmetic::ceil));
    registry.unary("floor", operation(Arithmetic::floor));
    registry.binary(
        "numbers.range", (context, from, to) -> range(context, from, to, BigInteger.ONE));
    registry.ternary(
        "numbers.range_step",
        (context, from, to, step) -> {
          Operands.bigInteger(from, 1);
          Operands.bigInteger(to, 2);
          return range(context, from, to, step(step));
        });
  }

  private static Builtin.Binary operation(BinaryOperator<NumberValue> operation) {
    return (context, a, b) -> operation.apply(Operands.number(a, 1), Operands.number(b, 2));
  }

  private static Builtin.Unary operation(UnaryOperator<NumberValue> operation) {
    return (context, a) -> operation.apply(Operands.number(a, 1));
  }

  private static Value minus(Value a, Value b) {
    if (a instanceof NumberValue x && b instanceof NumberValue y) {
      return Arithmetic.subtract(x, y);
    }
    if (a instanceof SetValue x && b instanceof SetValue y) {
      return Sets.minus(x, y);
    }
    if (!(a instanceof NumberValue) && !(a instanceof SetValue)) {
      throw Operands.wrongType(1, a, "number", "set");
    }
    throw Operands.wrongType(2, b, b instanceof NumberValue ? "set" : "number");
  }

  /** From one integer to another, up or down; both included, if the steps meet the last. */
  private static Value range(EvaluationContext context, Value from, Value to, BigInteger size) {
    BigInteger current = Operands.bigInteger(from, 1);
    BigInteger last = Operands.bigInteger(to, 2);
    int direction = last.compareTo(current) < 0 ? -1 : 1;
    BigInteger step = direction < 0 ? size.negate() : size;
    ArrayValue range = new ArrayValue(0);
    while (last.compareTo(current) * direction >= 0) {
      context.tick();
      context.allocate(32);
      range.add(NumberValue.of(current));
      current = current.add(step);
    }
    return range;
  }

  private static BigInteger step(Value value) {
    BigInteger step = Operands.bigInteger(value, 3);
    if (step.signum() <= 0) {
      throw BuiltinFailure.failed("numbers.range_step: step must be a positive integer");
    }
    return step;
  }
}

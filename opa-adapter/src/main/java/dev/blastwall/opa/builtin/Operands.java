package dev.blastwall.opa.builtin;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.CollectionValue;
import dev.blastwall.opa.NumberValue;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.SetValue;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes arguments as what they have to be, or fails with OPA's words ({@code v1/topdown/builtins}).
 */
final class Operands {
  private Operands() {}

  static String string(Value value, int position) {
    if (value instanceof StringValue string) {
      return string.text();
    }
    throw wrongType(position, value, "string");
  }

  static NumberValue number(Value value, int position) {
    if (value instanceof NumberValue number) {
      return number;
    }
    throw wrongType(position, value, "number");
  }

  static ArrayValue array(Value value, int position) {
    if (value instanceof ArrayValue array) {
      return array;
    }
    throw wrongType(position, value, "array");
  }

  static SetValue set(Value value, int position) {
    if (value instanceof SetValue set) {
      return set;
    }
    throw wrongType(position, value, "set");
  }

  static ObjectValue object(Value value, int position) {
    if (value instanceof ObjectValue object) {
      return object;
    }
    throw wrongType(position, value, "object");
  }

  /** An integer of 64 bits. */
  static long integer(Value value, int position) {
    NumberValue number = number(value, position);
    if (isInteger(number)) {
      return number.longValue();
    }
    throw wrong(position, "must be integer number but got floating-point number");
  }

  /** Whether it is an integer of 64 bits and written as one: to OPA, 1e3 is none. */
  static boolean isInteger(NumberValue number) {
    if (!number.isLong()) {
      return false;
    }
    boolean isSmall = number == NumberValue.of(number.longValue());
    return isSmall || !number.toString().matches(".*[eE].*");
  }

  /** An integer of any size. */
  static BigInteger bigInteger(Value value, int position) {
    if (!(value instanceof NumberValue number)) {
      throw wrongType(position, value, "integer");
    }
    if (!number.isInteger()) {
      throw wrong(position, "must be integer number but got floating-point number");
    }
    return number.toBigInteger();
  }

  /** An array or set. */
  static CollectionValue elements(Value value, int position) {
    if (value instanceof ArrayValue || value instanceof SetValue) {
      return (CollectionValue) value;
    }
    throw wrongType(position, value, "set", "array");
  }

  /** An array or set of strings; of a set, sorted. */
  static List<String> strings(Value value, int position) {
    CollectionValue elements = elements(value, position);
    List<String> strings = new ArrayList<>(elements.size());
    for (int i = 0; i < elements.size(); i++) {
      Value element = elements.sortedValueAt(i);
      if (!(element instanceof StringValue string)) {
        throw wrongElement(position, value, element, "string");
      }
      strings.add(string.text());
    }
    return strings;
  }

  static BuiltinFailure wrong(int position, String what) {
    return BuiltinFailure.operand("operand " + position + " " + what);
  }

  static BuiltinFailure wrongType(int position, Value got, String... expected) {
    String wanted =
        expected.length == 1 ? expected[0] : "one of {" + String.join(", ", expected) + "}";
    return wrong(position, "must be " + wanted + " but got " + got.type().regoName());
  }

  static BuiltinFailure wrongElement(int position, Value composite, Value got, String expected) {
    String whole = composite.type().regoName();
    return wrong(
        position,
        "must be "
            + whole
            + " of "
            + expected
            + "s but got "
            + whole
            + " containing "
            + got.type().regoName());
  }
}

package dev.blastwall.opa.builtin.schema;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.BooleanValue;
import dev.blastwall.opa.NumberValue;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the members of a schema as what they have to be. */
record Members(ObjectValue object) {
  private static final Pattern INTEGER = Pattern.compile("-?[0-9]+");

  @Nullable Value get(String key) {
    return object.get(key);
  }

  @Nullable String string(String key) {
    Value value = get(key);
    if (value == null) {
      return null;
    }
    if (value instanceof StringValue text) {
      return text.text();
    }
    throw SchemaException.invalidType("string", key);
  }

  /** The elements; null if there is no such member. */
  @Nullable List<Value> list(String key) {
    Value value = get(key);
    if (value == null) {
      return null;
    }
    if (value instanceof ArrayValue array) {
      return array.asList();
    }
    throw new SchemaException(key + " must be of an array");
  }

  /** A limit on a count: an integer of 64 bits that is written as one, and not negative. */
  @Nullable Long count(String key) {
    Value value = get(key);
    if (value == null) {
      return null;
    }
    boolean isInteger =
        value instanceof NumberValue number
            && number.isLong()
            && INTEGER.matcher(number.toString()).matches();
    if (!isInteger) {
      throw new SchemaException(key + " must be of an integer");
    }
    long count = ((NumberValue) value).longValue();
    if (count < 0) {
      throw new SchemaException(key + " must be greater than or equal to 0");
    }
    return count;
  }

  /** Two limits of which the first must not be above the second. */
  void requireOrder(String lowerKey, @Nullable Long lower, String upperKey, @Nullable Long upper) {
    if (lower != null && upper != null && lower > upper) {
      throw new SchemaException(lowerKey + " cannot be greater than " + upperKey);
    }
  }

  @Nullable BigDecimal number(String key) {
    Value value = get(key);
    if (value == null) {
      return null;
    }
    if (value instanceof NumberValue number) {
      return number.toDecimal();
    }
    throw new SchemaException(key + " must be of a Number");
  }

  boolean flag(String key) {
    Value value = get(key);
    if (value == null) {
      return false;
    }
    if (value instanceof BooleanValue) {
      return value == BooleanValue.TRUE;
    }
    throw new SchemaException(key + " must be of a boolean");
  }

  /** Whether a value can be a schema at all. */
  static boolean isSchema(Value value) {
    return value instanceof ObjectValue || value instanceof BooleanValue;
  }
}

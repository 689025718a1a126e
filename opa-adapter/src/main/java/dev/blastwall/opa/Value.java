package dev.blastwall.opa;

/**
 * A value of Rego: null, boolean, number, string, array, object or set. Undefined is not a value.
 *
 * <p>Equality and {@link #compareTo} follow OPA's total order: by {@link Type} first, numbers by
 * value ({@code 1 == 1.0}), strings by code points, arrays element by element, objects by their
 * sorted keys and the values under them, sets as sorted arrays. {@link #toString} gives JSON.
 *
 * <p>Arrays, objects and sets can be filled by whoever made them and are never changed once they
 * were handed on.
 */
public sealed interface Value extends Comparable<Value>
    permits NullValue, BooleanValue, NumberValue, StringValue, CollectionValue {

  /** The kinds of value, in the order in which OPA sorts them. */
  enum Type {
    NULL("null"),
    BOOLEAN("boolean"),
    NUMBER("number"),
    STRING("string"),
    ARRAY("array"),
    OBJECT("object"),
    SET("set");

    private final String regoName;

    Type(String regoName) {
      this.regoName = regoName;
    }

    /** The name that Rego's {@code type_name} gives. */
    public String regoName() {
      return regoName;
    }
  }

  /** Which kind of value this is. */
  Type type();

  @Override
  default int compareTo(Value other) {
    return ValueOrder.compare(this, other);
  }

  /** The boolean as a value. */
  static Value of(boolean value) {
    return BooleanValue.of(value);
  }

  /** The integer as a value. */
  static Value of(long value) {
    return NumberValue.of(value);
  }

  /** The text as a value. */
  static Value of(String value) {
    return new StringValue(value);
  }
}

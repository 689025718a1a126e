package dev.blastwall.opa.embedded;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.CollectionValue;
import dev.blastwall.opa.NumberValue;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.PolicyException;
import dev.blastwall.opa.SetValue;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import dev.blastwall.opa.builtin.BuiltinFailure;
import org.jspecify.annotations.Nullable;

/**
 * What generated code calls. An argument of null is an unset local, a result of null is undefined.
 */
final class Ops {
  /** About what an element of an array takes, in bytes, and a member of an object or set. */
  private static final int ELEMENT = 8;

  private static final int MEMBER = 32;

  /** Shorter texts and smaller collections are paid for by the step that makes them. */
  private static final int SMALL = 64;

  private Ops() {}

  /** Counts the memory of what a built-in made, and gives it. */
  static @Nullable Value charge(@Nullable Value made, Invocation invocation) {
    if (made instanceof StringValue string) {
      if (string.text().length() > SMALL) {
        invocation.allocate(string.text().length());
      }
    } else if (made instanceof CollectionValue collection) {
      if (collection.size() > SMALL) {
        invocation.allocate((long) MEMBER * collection.size());
      }
    } else if (made instanceof NumberValue number && !number.isLong()) {
      invocation.allocate(number.toDecimal().precision());
    }
    return made;
  }

  static @Nullable Value dot(@Nullable Value source, @Nullable Value key) {
    if (key == null) {
      return null;
    }
    if (source instanceof ObjectValue object) {
      return object.get(key);
    }
    if (source instanceof ArrayValue array) {
      return array.find(key);
    }
    return source instanceof SetValue set ? set.find(key) : null;
  }

  /**
   * {@link #dot} with a name that stands in the plan.
   *
   * @param guesses where each place in the plan found its name last; threads share it without care,
   *     because a wrong guess costs a search and nothing else
   * @param place the index of this place
   */
  static @Nullable Value dotName(@Nullable Value source, Value name, int[] guesses, int place) {
    if (!(source instanceof ObjectValue object)) {
      return dot(source, name);
    }
    int guess = guesses[place];
    if (object.isKeyAt(guess, (StringValue) name)) {
      return object.valueAt(guess);
    }
    int position = object.position(name);
    if (position < 0) {
      return null;
    }
    guesses[place] = position;
    return object.valueAt(position);
  }

  /**
   * {@link #dot} on the way down from data, where a number also finds the text that it is written
   * as.
   */
  static @Nullable Value dotData(@Nullable Value source, @Nullable Value key) {
    Value found = dot(source, key);
    return found == null && key instanceof NumberValue && source instanceof ObjectValue object
        ? object.get(key.toString())
        : found;
  }

  /** The number that stands under the value in the table of cases, or -1. */
  static int caseOf(@Nullable Value value, Value cases) {
    if (value == null) {
      return -1;
    }
    ObjectValue table = (ObjectValue) cases;
    int position = table.position(value);
    return position < 0 ? -1 : (int) ((NumberValue) table.valueAt(position)).longValue();
  }

  static boolean equal(@Nullable Value left, @Nullable Value right) {
    return left != null && (left == right || left.equals(right));
  }

  static boolean notEqual(@Nullable Value left, @Nullable Value right) {
    return left != null && right != null && left != right && !left.equals(right);
  }

  static Value assignOnce(@Nullable Value target, Value source, String conflict) {
    if (target != null && !target.equals(source)) {
      throw new PolicyException.Conflict(conflict);
    }
    return source;
  }

  static boolean append(@Nullable Value array, @Nullable Value value, Invocation invocation) {
    if (array == null || value == null) {
      return false;
    }
    invocation.allocate(ELEMENT);
    ((ArrayValue) array).add(value);
    return true;
  }

  static boolean addToSet(@Nullable Value set, @Nullable Value value, Invocation invocation) {
    if (set == null || value == null) {
      return false;
    }
    invocation.allocate(MEMBER);
    ((SetValue) set).add(value);
    return true;
  }

  static boolean insert(
      @Nullable Value object, @Nullable Value key, @Nullable Value value, Invocation invocation) {
    if (object == null || key == null || value == null) {
      return false;
    }
    invocation.allocate(MEMBER);
    ((ObjectValue) object).put(key, value);
    return true;
  }

  /** An object with the keys of the template and these values. */
  static Value makeRecord(Value template, Value[] values, Invocation invocation) {
    invocation.allocate((long) MEMBER * values.length);
    return ((ObjectValue) template).withValues(values);
  }

  static boolean insertOnce(
      @Nullable Value object, @Nullable Value key, @Nullable Value value, Invocation invocation) {
    if (object == null || key == null || value == null) {
      return false;
    }
    Value present = ((ObjectValue) object).get(key);
    if (present != null && !present.equals(value)) {
      throw new PolicyException.Conflict("object keys must be unique");
    }
    invocation.allocate(MEMBER);
    ((ObjectValue) object).put(key, value);
    return true;
  }

  static @Nullable Value merge(@Nullable Value first, @Nullable Value second) {
    if (first instanceof ObjectValue upper && second instanceof ObjectValue lower) {
      return mergeObjects(upper, lower);
    }
    return first == null ? second : first;
  }

  private static Value mergeObjects(ObjectValue upper, ObjectValue lower) {
    ObjectValue merged = lower.copy(upper.size());
    for (int i = 0; i < upper.size(); i++) {
      Value key = upper.keyAt(i);
      Value below = lower.get(key);
      Value value = upper.valueAt(i);
      merged.put(
          key,
          below instanceof ObjectValue under && value instanceof ObjectValue over
              ? mergeObjects(over, under)
              : value);
    }
    return merged;
  }

  static @Nullable Value length(@Nullable Value source) {
    return switch (source) {
      case CollectionValue collection -> NumberValue.of(collection.size());
      case StringValue string -> NumberValue.of(string.length());
      case null, default -> null;
    };
  }

  static int size(@Nullable Value source) {
    return source instanceof CollectionValue collection ? collection.size() : 0;
  }

  static Value keyAt(Value source, int position) {
    return ((CollectionValue) source).keyAt(position);
  }

  static Value valueAt(Value source, int position) {
    return ((CollectionValue) source).valueAt(position);
  }

  static Value sortedKeyAt(Value source, int position) {
    return ((CollectionValue) source).sortedKeyAt(position);
  }

  static Value sortedValueAt(Value source, int position) {
    return ((CollectionValue) source).sortedValueAt(position);
  }

  /**
   * A copy of the document with the value at the path; what is not an object on the way becomes
   * one.
   */
  static Value patch(@Nullable Value document, Value path, Value value) {
    return patch(document, (ArrayValue) path, 0, value);
  }

  private static Value patch(@Nullable Value document, ArrayValue path, int depth, Value value) {
    if (depth == path.size()) {
      return value;
    }
    Value key = path.get(depth);
    ObjectValue copy = document instanceof ObjectValue object ? object.copy(1) : new ObjectValue(1);
    return copy.put(key, patch(copy.get(key), path, depth + 1, value));
  }

  static @Nullable Value callDynamic(
      Invocation invocation, @Nullable Value input, @Nullable Value data, Value[] path) {
    return invocation.dynamicCalls().call(invocation, input, data, path);
  }

  static Value newArray(int capacity) {
    return new ArrayValue(Math.min(capacity, 1024));
  }

  static Value newObject() {
    return new ObjectValue(0);
  }

  static Value newSet() {
    return new SetValue(0);
  }

  /** Returns if the call is merely undefined. */
  static void builtinFailed(BuiltinFailure failure, String name, Invocation invocation) {
    if (failure.halts() || invocation.strict()) {
      throw failure.toPolicyException(name);
    }
  }
}

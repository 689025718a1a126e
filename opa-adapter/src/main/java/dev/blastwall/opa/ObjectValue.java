package dev.blastwall.opa;

import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A map from values to values; in JSON the keys are strings.
 *
 * <p>An input is built without a detour through JSON: {@code new ObjectValue(2).put("version",
 * 1).put("point", "connect")}.
 */
public final class ObjectValue extends KeyedValue {
  private static final Value[] NONE = {};

  /** Those that nobody read yet may be null. */
  private @Nullable Value[] values;

  private final @Nullable LazyMembers lazy;

  /** An empty object with room for some members. */
  public ObjectValue(int capacity) {
    super(capacity);
    values = capacity <= 0 ? NONE : new Value[capacity];
    lazy = null;
  }

  private ObjectValue(ObjectValue like, @Nullable Value[] values, @Nullable LazyMembers lazy) {
    super(like);
    this.values = values;
    this.lazy = lazy;
  }

  /** An object to take keys from: nothing is under them, and they are sorted once for all. */
  public static ObjectValue ofKeys(Collection<? extends Value> keys) {
    ObjectValue object = new ObjectValue(keys.size());
    keys.forEach(key -> object.put(key, NullValue.NULL));
    object.sort();
    return object;
  }

  /**
   * An object with the same keys and other values.
   *
   * @param others in the order of the positions; not copied
   */
  public ObjectValue withValues(Value[] others) {
    if (others.length != size()) {
      throw new IllegalArgumentException("there are " + size() + " keys, not " + others.length);
    }
    return new ObjectValue(this, others, null);
  }

  /** An object with the same keys, and values that are made when they are read. */
  ObjectValue withMembers(LazyMembers members) {
    return new ObjectValue(this, new Value[size()], members);
  }

  /** An object with texts for keys and values. */
  public static ObjectValue ofStrings(Map<String, String> members) {
    ObjectValue object = new ObjectValue(members.size());
    members.forEach(object::put);
    return object;
  }

  /**
   * Sets a member, replacing an older one; only for whoever made the object, before it is handed
   * on.
   */
  public ObjectValue put(Value key, Value value) {
    int position = position(key);
    if (position < 0) {
      position = size();
      append(key);
      if (position == values.length) {
        values = grown(values);
      }
    }
    values[position] = value;
    return this;
  }

  /** As {@link #put(Value, Value)}. */
  public ObjectValue put(String key, Value value) {
    return put(StringValue.name(key), value);
  }

  /** As {@link #put(Value, Value)}; null becomes JSON's null. */
  public ObjectValue put(String key, @Nullable String value) {
    return put(StringValue.name(key), value);
  }

  /** As {@link #put(Value, Value)}; null becomes JSON's null. */
  public ObjectValue put(Value key, @Nullable String value) {
    return put(key, value == null ? NullValue.NULL : Value.of(value));
  }

  /** As {@link #put(Value, Value)}. */
  public ObjectValue put(String key, long value) {
    return put(StringValue.name(key), value);
  }

  /** As {@link #put(Value, Value)}. */
  public ObjectValue put(Value key, long value) {
    return put(key, NumberValue.of(value));
  }

  /** As {@link #put(Value, Value)}. */
  public ObjectValue put(String key, boolean value) {
    return put(StringValue.name(key), value);
  }

  /** As {@link #put(Value, Value)}. */
  public ObjectValue put(Value key, boolean value) {
    return put(key, BooleanValue.of(value));
  }

  /** The value under a key, if there is one. */
  public @Nullable Value get(Value key) {
    int position = position(key);
    return position < 0 ? null : valueAt(position);
  }

  /** The value under a key, if there is one. */
  public @Nullable Value get(String key) {
    return get(new StringValue(key));
  }

  /** A new object with the same members and room for some more. */
  public ObjectValue copy(int more) {
    ObjectValue copy = new ObjectValue(size() + more);
    for (int i = 0; i < size(); i++) {
      copy.put(keyAt(i), valueAt(i));
    }
    return copy;
  }

  @Override
  public Value valueAt(int position) {
    Value value = values[position];
    return value == null ? make(position) : value;
  }

  private Value make(int position) {
    Value made = Objects.requireNonNull(lazy).make(position);
    values[position] = made;
    return made;
  }

  @Override
  public Value sortedValueAt(int position) {
    return valueAt(sorted(position));
  }

  @Override
  public Type type() {
    return Type.OBJECT;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other == this || (other instanceof ObjectValue object && sameMembers(object));
  }

  private boolean sameMembers(ObjectValue other) {
    if (size() != other.size()) {
      return false;
    }
    for (int i = 0; i < size(); i++) {
      Value key = keyAt(i);
      // Objects that are compared are mostly made alike.
      int position = other.keyAt(i).equals(key) ? i : other.position(key);
      if (position < 0 || !valueAt(i).equals(other.valueAt(position))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    int hash = 0;
    for (int i = 0; i < size(); i++) {
      hash += keyAt(i).hashCode() * 31 ^ valueAt(i).hashCode();
    }
    return hash;
  }

  @Override
  public String toString() {
    return Json.write(this);
  }
}

package dev.blastwall.opa;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/** A list of values. */
public final class ArrayValue extends CollectionValue {
  private static final Value[] NONE = {};

  /** Those that nobody read yet may be null. */
  private @Nullable Value[] elements;

  private int size;
  private final @Nullable LazyMembers lazy;

  /** An empty array with room for some elements. */
  public ArrayValue(int capacity) {
    elements = capacity <= 0 ? NONE : new Value[capacity];
    lazy = null;
  }

  /** An array whose elements are made when they are read. */
  ArrayValue(int size, LazyMembers lazy) {
    this.elements = new Value[size];
    this.size = size;
    this.lazy = lazy;
  }

  /** An array of these elements. */
  public static ArrayValue of(Collection<? extends Value> elements) {
    ArrayValue array = new ArrayValue(elements.size());
    elements.forEach(array::add);
    return array;
  }

  /** An array of these elements. */
  public static ArrayValue of(Value... elements) {
    return of(Arrays.asList(elements));
  }

  /** An array of texts. */
  public static ArrayValue ofStrings(Collection<String> texts) {
    ArrayValue array = new ArrayValue(texts.size());
    texts.forEach(text -> array.add(Value.of(text)));
    return array;
  }

  /** Appends; only for whoever made the array, before it is handed on. */
  public ArrayValue add(Value element) {
    if (size == elements.length) {
      elements = Arrays.copyOf(elements, Math.max(4, size + (size >> 1)));
    }
    elements[size++] = element;
    return this;
  }

  /** The element at an index from 0 to {@link #size}. */
  public Value get(int index) {
    Value element = elements[index];
    return element == null ? make(index) : element;
  }

  private Value make(int index) {
    Value made = Objects.requireNonNull(lazy).make(index);
    elements[index] = made;
    return made;
  }

  /** The element that a key names, if the key is an integer within the array. */
  public @Nullable Value find(Value key) {
    if (key instanceof NumberValue number && number.isLong()) {
      long index = number.longValue();
      return index >= 0 && index < size ? get((int) index) : null;
    }
    return null;
  }

  /** The elements from one index up to, not including, another. */
  public ArrayValue slice(int from, int to) {
    ArrayValue part = new ArrayValue(to - from);
    for (int i = from; i < to; i++) {
      part.add(get(i));
    }
    return part;
  }

  /** The elements. */
  public List<Value> asList() {
    return new Elements();
  }

  private final class Elements extends AbstractList<Value> implements RandomAccess {
    @Override
    public Value get(int index) {
      return ArrayValue.this.get(Objects.checkIndex(index, size));
    }

    @Override
    public int size() {
      return size;
    }
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Value keyAt(int position) {
    return NumberValue.of(position);
  }

  @Override
  public Value valueAt(int position) {
    return get(position);
  }

  @Override
  public Value sortedKeyAt(int position) {
    return NumberValue.of(position);
  }

  @Override
  public Value sortedValueAt(int position) {
    return get(position);
  }

  @Override
  public Type type() {
    return Type.ARRAY;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other == this || (other instanceof ArrayValue array && sameElements(array));
  }

  private boolean sameElements(ArrayValue other) {
    if (size != other.size) {
      return false;
    }
    for (int i = 0; i < size; i++) {
      if (!get(i).equals(other.get(i))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = 0; i < size; i++) {
      hash = 31 * hash + get(i).hashCode();
    }
    return hash;
  }

  @Override
  public String toString() {
    return Json.write(this);
  }
}

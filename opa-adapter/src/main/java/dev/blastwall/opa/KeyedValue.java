package dev.blastwall.opa;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What an object and a set have in common: distinct keys, in the order they were added.
 *
 * <p>Up to {@link #LINEAR} keys are searched one by one, which for the small objects of an input is
 * both the fastest and the cheapest; beyond that an open-addressing index is kept. The sorted order
 * is made when somebody asks for it.
 */
public abstract sealed class KeyedValue extends CollectionValue permits ObjectValue, SetValue {
  private static final int LINEAR = 8;

  /** Up to so many keys are sorted without boxing their positions. */
  private static final int FEW = 16;

  private static final Value[] NONE = {};
  private static final int[] NO_SLOTS = {};

  private Value[] keys;
  private int size;

  /** Position + 1 of the key in each slot, 0 for a free slot; empty while the search is linear. */
  private int[] slots = NO_SLOTS;

  private @Nullable Order order;

  /**
   * A final field makes the order safe to read for a thread that finds it without synchronisation.
   */
  private record Order(int[] positions) {}

  KeyedValue(int capacity) {
    keys = capacity <= 0 ? NONE : new Value[capacity];
  }

  /** With the keys of another value, which are shared until one is added. */
  KeyedValue(KeyedValue like) {
    keys = like.size == like.keys.length ? like.keys : Arrays.copyOf(like.keys, like.size);
    slots = like.slots;
    order = like.order;
    size = like.size;
  }

  @Override
  public final int size() {
    return size;
  }

  @Override
  public final Value keyAt(int position) {
    return keys[position];
  }

  @Override
  public final Value sortedKeyAt(int position) {
    return keys[sorted(position)];
  }

  /** The position of an equal key, or -1. */
  public final int position(Value key) {
    return slots.length == 0 ? findLinear(key) : findIndexed(key);
  }

  /**
   * Whether the key at a position, which may lie beyond the end, is this text. Objects that were
   * made alike have their keys at the same positions, so who looks the same name up again and again
   * asks here first.
   */
  public final boolean isKeyAt(int position, StringValue key) {
    return position < size && isText(keys[position], key);
  }

  private static boolean isText(Value key, StringValue text) {
    return key == text || (key instanceof StringValue string && string.text().equals(text.text()));
  }

  private int findLinear(Value key) {
    if (key instanceof StringValue text) {
      return findLinear(text);
    }
    for (int i = 0; i < size; i++) {
      if (keys[i] == key || keys[i].equals(key)) {
        return i;
      }
    }
    return -1;
  }

  /** By far the most frequent: a name in an object. */
  private int findLinear(StringValue text) {
    for (int i = 0; i < size; i++) {
      if (isText(keys[i], text)) {
        return i;
      }
    }
    return -1;
  }

  private int findIndexed(Value key) {
    int mask = slots.length - 1;
    for (int slot = spread(key) & mask; ; slot = (slot + 1) & mask) {
      int position = slots[slot] - 1;
      if (position < 0) {
        return -1;
      }
      if (keys[position] == key || keys[position].equals(key)) {
        return position;
      }
    }
  }

  /** Adds a key that is not there yet. */
  final void append(Value key) {
    if (size == keys.length) {
      keys = grown(keys);
      slots = slots.clone();
    }
    keys[size++] = key;
    order = null;
    if (slots.length != 0 && size * 2 <= slots.length) {
      occupy(key, size);
    } else if (size > LINEAR) {
      rehash();
    }
  }

  /** More room; made by hand, because most arrays grow only from nothing. */
  static @Nullable Value[] grown(@Nullable Value[] full) {
    @Nullable Value[] grown = new Value[Math.max(4, full.length * 2)];
    System.arraycopy(full, 0, grown, 0, full.length);
    return grown;
  }

  private void rehash() {
    slots = new int[Integer.highestOneBit(size) * 4];
    for (int i = 0; i < size; i++) {
      occupy(keys[i], i + 1);
    }
  }

  private void occupy(Value key, int entry) {
    int mask = slots.length - 1;
    int slot = spread(key) & mask;
    while (slots[slot] != 0) {
      slot = (slot + 1) & mask;
    }
    slots[slot] = entry;
  }

  private static int spread(Value key) {
    int hash = key.hashCode() * 0x9E3779B9;
    return hash ^ (hash >>> 16);
  }

  /** Where the key stands that is the given one in sorted order. */
  final int sorted(int index) {
    return order().positions[index];
  }

  final List<Value> keys() {
    return Arrays.asList(keys).subList(0, size);
  }

  final void sort() {
    order();
  }

  private Order order() {
    Order known = order;
    if (known == null) {
      known = new Order(sortedPositions());
      order = known;
    }
    return known;
  }

  private int[] sortedPositions() {
    return size <= FEW ? insertionSort() : mergeSort();
  }

  private int[] insertionSort() {
    int[] positions = new int[size];
    for (int i = 0; i < size; i++) {
      int at = i;
      for (; at > 0 && keys[positions[at - 1]].compareTo(keys[i]) > 0; at--) {
        positions[at] = positions[at - 1];
      }
      positions[at] = i;
    }
    return positions;
  }

  private int[] mergeSort() {
    Comparator<Integer> byKey = (a, b) -> keys[a].compareTo(keys[b]);
    return IntStream.range(0, size).boxed().sorted(byKey).mapToInt(Integer::intValue).toArray();
  }

  final int hashOfKeys() {
    int hash = 0;
    for (int i = 0; i < size; i++) {
      hash += keys[i].hashCode();
    }
    return hash;
  }
}

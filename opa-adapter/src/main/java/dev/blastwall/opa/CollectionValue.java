package dev.blastwall.opa;

/**
 * A value with members: an array, object or set.
 *
 * <p>A member has a key and a value: index and element, key and value, and for a set twice the
 * element. Positions run from 0 to {@link #size}; in which order is free for {@link #keyAt} and
 * {@link #valueAt}, while {@link #sortedKeyAt} and {@link #sortedValueAt} follow OPA's total order
 * of the keys.
 *
 * <p>A class and not an interface, because the JVM tests faster for a class.
 */
public abstract sealed class CollectionValue implements Value permits ArrayValue, KeyedValue {
  /** The number of members. */
  public abstract int size();

  /** The key at a position, in an order that is stable but arbitrary. */
  public abstract Value keyAt(int position);

  /** The value at a position, in the same order. */
  public abstract Value valueAt(int position);

  /** The key at a position when keys are sorted. */
  public abstract Value sortedKeyAt(int position);

  /** The value at a position when keys are sorted. */
  public abstract Value sortedValueAt(int position);
}

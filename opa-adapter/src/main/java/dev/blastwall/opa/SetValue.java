package dev.blastwall.opa;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** A set of values. */
public final class SetValue extends CollectionValue {
  private final KeyTable elements;

  /** An empty set with room for some elements. */
  public SetValue(int capacity) {
    elements = new KeyTable(capacity);
  }

  /** A set of these elements. */
  public static SetValue of(Collection<? extends Value> elements) {
    SetValue set = new SetValue(elements.size());
    elements.forEach(set::add);
    return set;
  }

  /** Adds an element unless it is there; only for whoever made the set, before it is handed on. */
  public SetValue add(Value element) {
    if (elements.find(element) < 0) {
      elements.append(element);
    }
    return this;
  }

  /** Whether an equal element is in the set. */
  public boolean contains(Value element) {
    return elements.find(element) >= 0;
  }

  /** The element that equals the key, if there is one. */
  public @Nullable Value find(Value key) {
    int position = elements.find(key);
    return position < 0 ? null : elements.key(position);
  }

  @Override
  public int size() {
    return elements.size();
  }

  @Override
  public Value keyAt(int position) {
    return elements.key(position);
  }

  @Override
  public Value valueAt(int position) {
    return elements.key(position);
  }

  @Override
  public Value sortedKeyAt(int position) {
    return elements.key(elements.sorted(position));
  }

  @Override
  public Value sortedValueAt(int position) {
    return sortedKeyAt(position);
  }

  @Override
  public Type type() {
    return Type.SET;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other == this || (other instanceof SetValue set && elements.sameKeys(set.elements));
  }

  @Override
  public int hashCode() {
    return elements.hashCode() ^ 0x5E7;
  }

  @Override
  public String toString() {
    return Json.write(this);
  }
}

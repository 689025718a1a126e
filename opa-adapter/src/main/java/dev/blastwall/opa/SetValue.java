package dev.blastwall.opa;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** A set of values. */
public final class SetValue extends KeyedValue {
  /** An empty set with room for some elements. */
  public SetValue(int capacity) {
    super(capacity);
  }

  /** A set of these elements. */
  public static SetValue of(Collection<? extends Value> elements) {
    SetValue set = new SetValue(elements.size());
    elements.forEach(set::add);
    return set;
  }

  /** Adds an element unless it is there; only for whoever made the set, before it is handed on. */
  public SetValue add(Value element) {
    if (position(element) < 0) {
      append(element);
    }
    return this;
  }

  /** Whether an equal element is in the set. */
  public boolean contains(Value element) {
    return position(element) >= 0;
  }

  /** The element that equals the key, if there is one. */
  public @Nullable Value find(Value key) {
    int position = position(key);
    return position < 0 ? null : keyAt(position);
  }

  @Override
  public Value valueAt(int position) {
    return keyAt(position);
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
    return other == this || (other instanceof SetValue set && sameElements(set));
  }

  private boolean sameElements(SetValue other) {
    if (size() != other.size()) {
      return false;
    }
    for (int i = 0; i < size(); i++) {
      if (!other.contains(keyAt(i))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    return hashOfKeys() ^ 0x5E7;
  }

  @Override
  public String toString() {
    return Json.write(this);
  }
}

package dev.blastwall.opa;

import org.jspecify.annotations.Nullable;

/** What the places of {@link InputDependencies.Place} hold, in their order. */
final class InputKey {
  private final Object[] parts;
  private final int hash;

  InputKey(Object[] parts) {
    this.parts = parts;
    int combined = 1;
    for (Object part : parts) {
      combined = 31 * combined + hash(part);
    }
    this.hash = combined;
  }

  private static int hash(Object part) {
    return part instanceof CollectionValue ? System.identityHashCode(part) : part.hashCode();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other == this || (other instanceof InputKey key && key.hash == hash && same(key.parts));
  }

  @SuppressWarnings("ReferenceEquality")
  private boolean same(Object[] others) {
    if (parts.length != others.length) {
      return false;
    }
    for (int i = 0; i < parts.length; i++) {
      Object part = parts[i];
      if (part != others[i] && (part instanceof CollectionValue || !part.equals(others[i]))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    return hash;
  }
}

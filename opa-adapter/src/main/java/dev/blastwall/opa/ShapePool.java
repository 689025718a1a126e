package dev.blastwall.opa;

import org.jspecify.annotations.Nullable;

/**
 * Objects whose keys come again and again in inputs, so that those with the same keys share them.
 *
 * <p>As {@link NamePool} it is a cache of fixed size and without synchronisation. It holds names
 * only: nothing is under the keys.
 */
final class ShapePool {
  private static final int WIDEST = 16;
  private static final int SLOTS = 1 << 9;

  /** A final field makes an object safe to read for a thread that finds it here. */
  private record Shape(ObjectValue keys) {}

  private static final @Nullable Shape[] POOL = new Shape[SLOTS];

  private ShapePool() {}

  /** A quick hash of a name, which is not empty of information for the usual names. */
  static int hash(byte[] utf8, int from, int to) {
    return (to - from) << 8 ^ utf8[from];
  }

  /** What was kept last under a hash: perhaps other keys. */
  static @Nullable ObjectValue find(int hash) {
    Shape shape = POOL[slot(hash)];
    return shape == null ? null : shape.keys;
  }

  /** Keeps an object for its keys, if it is not too large. */
  static void keep(ObjectValue keys, int hash) {
    if (keys.size() <= WIDEST && keys.keys().stream().allMatch(NamePool::isShort)) {
      POOL[slot(hash)] = new Shape(ObjectValue.ofKeys(keys.keys()));
    }
  }

  private static int slot(int hash) {
    return (hash ^ hash >>> 9 ^ hash >>> 18) & SLOTS - 1;
  }
}

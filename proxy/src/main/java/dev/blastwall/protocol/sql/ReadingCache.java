package dev.blastwall.protocol.sql;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Readings by their whole key, bounded. A key has a few possible places, chosen by a hash with a
 * secret seed, so that nobody can aim at another's entries; a new entry takes the place that was
 * used least recently, so that a flood of texts seen once does not push out those in use.
 *
 * <p>Thread-safe without locks. Looking up allocates nothing.
 */
final class ReadingCache {

  private static final int WAYS = 4;
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  private final AtomicReferenceArray<@Nullable Entry> places;
  private final int sets;
  private final long seed = new SecureRandom().nextLong();
  // Races make it lose a step now and then; the order of use is approximate anyway.
  private volatile int clock;

  /** A cache of at most {@code capacity} entries, a power of two. */
  ReadingCache(int capacity) {
    places = new AtomicReferenceArray<>(capacity);
    sets = capacity / WAYS;
  }

  private static final class Entry {
    final long hash;
    final char[] key;
    final Reading reading;
    volatile int used;

    Entry(long hash, char[] key, Reading reading) {
      this.hash = hash;
      this.key = key;
      this.reading = reading;
    }

    boolean holds(long wanted, char[] chars, int length) {
      return hash == wanted && Arrays.equals(key, 0, key.length, chars, 0, length);
    }
  }

  /** The reading under the first {@code length} characters of {@code key}, if there is one. */
  @Nullable Reading get(char[] key, int length) {
    long hash = hash(key, length);
    int first = firstPlace(hash);
    for (int way = 0; way < WAYS; way++) {
      Entry entry = places.get(first + way);
      if (entry != null && entry.holds(hash, key, length)) {
        touch(entry);
        return entry.reading;
      }
    }
    return null;
  }

  /** Keeps {@code reading}. */
  void put(char[] key, Reading reading) {
    Entry entry = new Entry(hash(key, key.length), key, reading);
    touch(entry);
    int first = firstPlace(entry.hash);
    int oldest = first;
    for (int way = 0; way < WAYS; way++) {
      Entry there = places.get(first + way);
      if (there == null || there.holds(entry.hash, key, key.length)) {
        places.set(first + way, entry);
        return;
      }
      Entry candidate = places.get(oldest);
      if (candidate != null && clock - there.used > clock - candidate.used) {
        oldest = first + way;
      }
    }
    places.set(oldest, entry);
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // See clock.
  private void touch(Entry entry) {
    int now = clock;
    if (entry.used != now || now == 0) {
      clock = now + 1;
      entry.used = now + 1;
    }
  }

  private int firstPlace(long hash) {
    return (int) Long.remainderUnsigned(hash, sets) * WAYS;
  }

  private long hash(char[] key, int length) {
    long hash = seed;
    for (int i = 0; i < length; i++) {
      hash = (hash ^ key[i]) * MULTIPLIER;
      hash ^= hash >>> 29;
    }
    return hash;
  }
}

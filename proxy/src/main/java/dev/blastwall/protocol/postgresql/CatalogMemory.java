package dev.blastwall.protocol.postgresql;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What was read of a catalog, while it is fresh: at most {@link #FRESH} old, and older than no
 * schema change that went through the gateway. Thread-safe.
 */
final class CatalogMemory<K, V> {

  /** How old an answer may be: so long may a schema change beside the gateway stay unseen. */
  static final Duration FRESH = Duration.ofSeconds(10);

  /** From this age on an answer that is in use is read again, so that nobody has to wait for it. */
  private static final Duration AGING = FRESH.dividedBy(2);

  /** More than any honest set of sessions uses: then all is forgotten. */
  private static final int LIMIT = 16_384;

  private final Map<K, Entry<V>> entries = new ConcurrentHashMap<>();
  private final AtomicInteger epoch;

  /**
   * An empty memory.
   *
   * @param epoch changes when the schema does
   */
  CatalogMemory(AtomicInteger epoch) {
    this.epoch = epoch;
  }

  /**
   * An answer.
   *
   * @param readAtNanos when the oldest part of it was read
   * @param epoch the epoch before it was read
   * @param renewing whether somebody reads it again already
   */
  record Entry<V>(V value, long readAtNanos, int epoch, AtomicBoolean renewing) {

    private boolean isOlderThan(Duration age) {
      return System.nanoTime() - readAtNanos > age.toNanos();
    }

    /** Whether it should be read again soon; says so once. */
    boolean isToRenew() {
      return isOlderThan(AGING) && renewing.compareAndSet(false, true);
    }
  }

  /** What is known and fresh, or null. */
  @Nullable Entry<V> get(K key) {
    return younger(key, FRESH);
  }

  /** What is known and may become part of another answer, or null. */
  @Nullable Entry<V> young(K key) {
    return younger(key, AGING);
  }

  private @Nullable Entry<V> younger(K key, Duration age) {
    Entry<V> entry = entries.get(key);
    return entry == null || entry.epoch != epoch.get() || entry.isOlderThan(age) ? null : entry;
  }

  void put(K key, V value, long readAtNanos, int epochBefore) {
    if (entries.size() >= LIMIT) {
      entries.clear();
    }
    entries.put(key, new Entry<>(value, readAtNanos, epochBefore, new AtomicBoolean()));
  }
}

package dev.blastwall.protocol.postgresql;

import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Connections that are not signed in yet. Nobody knows whom they belong to, so each address may
 * have so many and no more: one that opens connections and says nothing keeps out nobody else.
 * Thread-safe.
 */
final class HalfOpen {

  private final int perAddress;
  private final ConcurrentMap<InetAddress, Integer> counts = new ConcurrentHashMap<>();

  /**
   * No connections yet.
   *
   * @param perAddress how many one address may have
   */
  HalfOpen(int perAddress) {
    this.perAddress = perAddress;
  }

  /**
   * Counts a connection from {@code address}.
   *
   * @return what to run when it is signed in or over, once or more often; null when there are too
   *     many
   */
  @Nullable Runnable enter(InetAddress address) {
    if (counts.merge(address, 1, Integer::sum) > perAddress) {
      leave(address);
      return null;
    }
    AtomicBoolean left = new AtomicBoolean();
    return () -> {
      if (left.compareAndSet(false, true)) {
        leave(address);
      }
    };
  }

  private void leave(InetAddress address) {
    counts.computeIfPresent(address, (same, count) -> count == 1 ? null : count - 1);
  }
}

package dev.blastwall.protocol.postgresql;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The gateway's own cancel keys. A client never has the upstream's; a key of the gateway leads to
 * the session, wherever that stands with its command.
 */
final class CancelKeys {

  private static final int SHORT_SECRET = 4;
  private static final int LONG_SECRET = 32;

  private record Entry(CancelKey key, Runnable cancel) {}

  private final SecureRandom random = new SecureRandom();
  private final Map<Integer, Entry> sessions = new ConcurrentHashMap<>();

  /**
   * A key for a new session.
   *
   * @param longKey whether the client speaks 3.2 or newer
   * @param cancel what a cancel does; called on any thread
   */
  CancelKey issue(boolean longKey, Runnable cancel) {
    byte[] secret = new byte[longKey ? LONG_SECRET : SHORT_SECRET];
    random.nextBytes(secret);
    while (true) {
      // Clients print the process id and expect a positive number.
      CancelKey key = new CancelKey(random.nextInt(1, Integer.MAX_VALUE), secret);
      if (sessions.putIfAbsent(key.process(), new Entry(key, cancel)) == null) {
        return key;
      }
    }
  }

  void revoke(CancelKey key) {
    sessions.remove(key.process());
  }

  /** Cancels the command of the session that {@code presented} names, if there is one. */
  void cancel(CancelKey presented) {
    Entry entry = sessions.get(presented.process());
    if (entry != null && MessageDigest.isEqual(entry.key().secret(), presented.secret())) {
      entry.cancel().run();
    }
  }
}

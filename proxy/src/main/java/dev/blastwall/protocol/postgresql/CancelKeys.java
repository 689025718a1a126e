package dev.blastwall.protocol.postgresql;

import java.net.InetAddress;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The gateway's own cancel keys. A client never has the upstream's; a key of the gateway leads to
 * the session, wherever that stands with its command.
 *
 * <p>A key of protocol 3.0 has 32 secret bits, which somebody who knows the process id could try
 * out. So it counts only from the address that it was given to, and a session at which was guessed
 * too often cannot be cancelled any more.
 */
final class CancelKeys {

  /** Wrong secrets for one session, from where a right one would count. */
  static final int GUESSES = 100;

  private static final int SHORT_SECRET = 4;
  private static final int LONG_SECRET = 32;

  private record Entry(
      CancelKey key, InetAddress holder, Runnable cancel, AtomicInteger wrongGuesses) {

    boolean isMeantBy(InetAddress sender) {
      return key.secret().length > SHORT_SECRET || holder.equals(sender);
    }

    boolean takes(CancelKey presented) {
      if (wrongGuesses.get() >= GUESSES) {
        return false;
      }
      boolean right = MessageDigest.isEqual(key.secret(), presented.secret());
      if (!right) {
        wrongGuesses.incrementAndGet();
      }
      return right;
    }
  }

  private final SecureRandom random = new SecureRandom();
  private final Map<Integer, Entry> sessions = new ConcurrentHashMap<>();

  /**
   * A key for a new session.
   *
   * @param longKey whether the client speaks 3.2 or newer
   * @param holder the client's address
   * @param cancel what a cancel does; called on any thread
   */
  CancelKey issue(boolean longKey, InetAddress holder, Runnable cancel) {
    byte[] secret = new byte[longKey ? LONG_SECRET : SHORT_SECRET];
    random.nextBytes(secret);
    while (true) {
      // Clients print the process id and expect a positive number.
      CancelKey key = new CancelKey(random.nextInt(1, Integer.MAX_VALUE), secret);
      Entry entry = new Entry(key, holder, cancel, new AtomicInteger());
      if (sessions.putIfAbsent(key.process(), entry) == null) {
        return key;
      }
    }
  }

  void revoke(CancelKey key) {
    sessions.remove(key.process());
  }

  /** Cancels the command of the session that {@code presented} names, if there is one. */
  void cancel(CancelKey presented, InetAddress sender) {
    Entry entry = sessions.get(presented.process());
    if (entry != null && entry.isMeantBy(sender) && entry.takes(presented)) {
      entry.cancel().run();
    }
  }
}

package dev.blastwall.recorder;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * Where a session's chain stands: the hash of its last entry and the number of the next. For one
 * thread.
 */
final class SessionChain {

  private final byte[] session;
  private final MessageDigest digest = Hashes.sha256();
  private byte[] head;
  private long next;

  SessionChain(String session) {
    this(session, Hashes.NONE, 0);
  }

  SessionChain(String session, byte[] head, long next) {
    this.session = session.getBytes(StandardCharsets.UTF_8);
    this.head = head;
    this.next = next;
  }

  /** Adds the entry that stands in these bytes and returns its hash. */
  byte[] add(byte[] bytes, int offset, int length) {
    head = Hashes.link(digest, head, session, bytes, offset, length);
    next++;
    return head;
  }

  byte[] session() {
    return session;
  }

  byte[] head() {
    return head;
  }

  long next() {
    return next;
  }
}

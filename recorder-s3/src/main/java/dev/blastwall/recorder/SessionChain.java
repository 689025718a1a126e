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

  /** What is hashed before each entry, put together so that it is one step: FORMAT.md, "Chain". */
  private final ByteSink prefix;

  private final int previousAt;
  private final int lengthAt;
  private byte[] head;
  private long next;

  SessionChain(String session) {
    this(session, Hashes.NONE, 0);
  }

  SessionChain(String session, byte[] head, long next) {
    this.session = session.getBytes(StandardCharsets.UTF_8);
    this.head = head;
    this.next = next;
    prefix = new ByteSink(Hashes.RECORD.length + Hashes.LENGTH + 1 + this.session.length + 4);
    prefix.put(Hashes.RECORD);
    previousAt = prefix.reserve(Hashes.LENGTH);
    prefix.shortBytes(this.session);
    lengthAt = prefix.reserve(4);
  }

  /** Adds the entry that stands in these bytes and returns its hash. */
  byte[] add(byte[] bytes, int offset, int length) {
    prefix.set(previousAt, head);
    prefix.setU32(lengthAt, length);
    digest.update(prefix.array(), 0, prefix.size());
    digest.update(bytes, offset, length);
    head = digest.digest();
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

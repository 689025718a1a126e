package dev.blastwall.recorder;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * One record of a session, as its caller made it.
 *
 * @param type what the bytes are, 1 to 64 bytes of UTF-8, e.g. {@code command} or {@code
 *     result.rows}
 * @param time wall time; may go backwards, verification does not depend on it
 * @param monotonicNanos {@link System#nanoTime()} of the recording process; orders and spaces the
 *     records of one session
 * @param body the canonical bytes that are hashed and stored as they are. Handed over, not copied:
 *     the caller must not change them afterwards (a copy would cost more than the rest of an
 *     append).
 */
@SuppressWarnings("ArrayRecordComponent")
public record SessionRecord(String type, Instant time, long monotonicNanos, byte[] body) {

  static final int MAX_TYPE_BYTES = 64;

  /** The largest body, in bytes; what is larger is recorded in parts. */
  public static final int MAX_BODY_BYTES = 16 << 20;

  /** Refuses a type or body out of bounds with {@link IllegalArgumentException}. */
  public SessionRecord {
    var bytes = type.getBytes(StandardCharsets.UTF_8).length;
    if (bytes < 1 || bytes > MAX_TYPE_BYTES) {
      throw new IllegalArgumentException("a record's type has 1 to 64 bytes, not " + bytes);
    }
    if (body.length > MAX_BODY_BYTES) {
      throw new IllegalArgumentException(
          "a record's body has at most "
              + MAX_BODY_BYTES
              + " bytes, not "
              + body.length
              + ": record it in parts");
    }
    Times.toNanos(time);
  }

  /** A record of this moment. */
  public static SessionRecord now(String type, byte[] body) {
    return new SessionRecord(type, Instant.now(), System.nanoTime(), body);
  }

  /** Never shows the body: it may hold what was masked for others. */
  @Override
  public String toString() {
    return "SessionRecord[" + type + ", " + time + ", " + body.length + " bytes]";
  }
}

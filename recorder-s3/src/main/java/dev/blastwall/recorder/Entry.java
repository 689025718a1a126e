package dev.blastwall.recorder;

import java.nio.BufferUnderflowException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * One entry of a session's chain. Its bytes (FORMAT.md, "Entry") are made once, hashed, spooled and
 * sealed as they are, and never made again to verify.
 */
@SuppressWarnings("ArrayRecordComponent")
record Entry(
    EntryKind kind, long sequence, Instant time, long monotonicNanos, String type, byte[] body) {

  static final int MIN_BYTES = 1 + 8 + 8 + 8 + 1 + 4;
  private static final int MAX_REASON_BYTES = 1000;

  static void encode(ByteSink sink, EntryKind kind, long sequence, SessionRecord event) {
    sink.u8(kind.code())
        .u64(sequence)
        .u64(Times.toNanos(event.time()))
        .u64(event.monotonicNanos())
        .shortBytes(event.type().getBytes(StandardCharsets.UTF_8))
        .u32(event.body().length)
        .put(event.body());
  }

  /**
   * Reads an entry that fills the given bytes; anything else is an {@link
   * IllegalArgumentException}.
   */
  static Entry decode(byte[] bytes, int offset, int length) {
    try {
      var source = new ByteSource(bytes, offset, length);
      var entry =
          new Entry(
              EntryKind.of(source.u8()),
              source.u64(),
              Times.ofNanos(source.u64()),
              source.u64(),
              source.shortString(),
              source.take(source.u32()));
      if (source.remaining() > 0) {
        throw new IllegalArgumentException(
            "an entry has " + source.remaining() + " bytes too many");
      }
      if (entry.kind == EntryKind.END && entry.body.length < 8) {
        throw new IllegalArgumentException("a closing entry has no count");
      }
      return entry;
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("an entry is cut short", e);
    }
  }

  SessionRecord toRecord() {
    return new SessionRecord(type, time, monotonicNanos, body);
  }

  /**
   * The body of a closing entry: how many records lie between begin and end, and why the session
   * ended.
   */
  static byte[] endBody(long records, byte[] reason) {
    return new ByteSink(64).u64(records).put(truncate(reason)).toBytes();
  }

  long endRecords() {
    return new ByteSource(body).u64();
  }

  String endReason() {
    return new String(body, 8, body.length - 8, StandardCharsets.UTF_8);
  }

  /** Keeps whole characters only, so that what is kept stays valid UTF-8. */
  private static byte[] truncate(byte[] reason) {
    var end = Math.min(reason.length, MAX_REASON_BYTES);
    while (end < reason.length && (reason[end] & 0xC0) == 0x80) {
      end--;
    }
    return Arrays.copyOf(reason, end);
  }
}

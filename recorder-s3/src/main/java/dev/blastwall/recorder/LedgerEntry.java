package dev.blastwall.recorder;

import java.nio.BufferUnderflowException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One signed statement of the ledger (FORMAT.md, "Ledger").
 *
 * @param index its number in the ledger, from 0
 * @param previous link hash of the statement before it; zeros in the first
 * @param generation the spool's generation that it is about
 */
@SuppressWarnings("ArrayRecordComponent")
record LedgerEntry(
    long index, Instant time, byte[] previous, byte[] keyId, long generation, What what) {

  private static final int STARTED = 1;
  private static final int SEALED = 2;

  /** What is stated. */
  sealed interface What {}

  /** A run of the recorder began with this generation: from here on, the spool must be there. */
  record Started() implements What {}

  /**
   * All entries of this generation are in these segments.
   *
   * @param stopped whether the run ended with it: no session is open and no spool is left
   * @param cutBytes length of the torn write at the generation's end that recovery cut off, {@code
   *     cutHash} its SHA-256
   */
  record Sealed(boolean stopped, long cutBytes, byte[] cutHash, List<SealedSegment> segments)
      implements What {}

  byte[] encode() {
    var sink = new ByteSink(512);
    sink.u8(code()).u64(index).u64(Times.toNanos(time)).put(previous).put(keyId).u64(generation);
    switch (what) {
      case Started() -> {}
      case Sealed sealed -> encode(sink, sealed);
    }
    return sink.toBytes();
  }

  private int code() {
    return switch (what) {
      case Started() -> STARTED;
      case Sealed sealed -> SEALED;
    };
  }

  private static void encode(ByteSink sink, Sealed sealed) {
    sink.u8(sealed.stopped ? 1 : 0)
        .u64(sealed.cutBytes)
        .put(sealed.cutHash)
        .u32(sealed.segments.size());
    sealed.segments.forEach(it -> it.encode(sink));
  }

  static LedgerEntry decode(byte[] body) {
    try {
      var source = new ByteSource(body);
      var code = source.u8();
      var entry =
          new LedgerEntry(
              source.u64(),
              Times.ofNanos(source.u64()),
              source.hash(),
              source.hash(),
              source.u64(),
              what(code, source));
      if (source.remaining() > 0) {
        throw new IllegalArgumentException(
            "a statement has " + source.remaining() + " bytes too many");
      }
      return entry;
    } catch (BufferUnderflowException | DateTimeException e) {
      throw new IllegalArgumentException("a statement is cut short", e);
    }
  }

  private static What what(int code, ByteSource source) {
    return switch (code) {
      case STARTED -> new Started();
      case SEALED -> new Sealed(source.u8() == 1, source.u64(), source.hash(), segments(source));
      default -> throw new IllegalArgumentException("unknown kind of statement " + code);
    };
  }

  private static List<SealedSegment> segments(ByteSource source) {
    var segments = new ArrayList<SealedSegment>();
    for (var count = source.u32(); count > 0; count--) {
      segments.add(SealedSegment.decode(source));
    }
    return segments;
  }
}

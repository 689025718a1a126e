package dev.blastwall.recorder;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * The signed head of a segment (FORMAT.md, "Segment").
 *
 * @param first sequence number of its first entry, {@code last} of its last
 * @param before hash of the entry before its first; zeros in a session's first segment
 * @param head hash of its last entry
 * @param previous SHA-256 of the whole file of the segment before; zeros in a session's first
 *     segment
 * @param plainBytes size of the entries before compression
 * @param packedBytes size of what follows the signature, to the file's end
 * @param packedHash SHA-256 of that
 */
@SuppressWarnings("ArrayRecordComponent")
record SegmentHead(
    String session,
    byte[] genesis,
    int number,
    long first,
    long last,
    byte[] before,
    byte[] head,
    byte[] previous,
    Instant begun,
    Instant sealed,
    boolean ends,
    byte[] keyId,
    int plainBytes,
    int packedBytes,
    byte[] packedHash) {

  static final long MAGIC = 0x4257_5345_474D_5431L; // "BWSEGMT1"

  byte[] encode() {
    return new ByteSink(512)
        .shortBytes(session.getBytes(StandardCharsets.UTF_8))
        .put(genesis)
        .u32(number)
        .u64(first)
        .u64(last)
        .put(before)
        .put(head)
        .put(previous)
        .u64(Times.toNanos(begun))
        .u64(Times.toNanos(sealed))
        .u8(ends ? 1 : 0)
        .put(keyId)
        .u32(plainBytes)
        .u32(packedBytes)
        .put(packedHash)
        .toBytes();
  }

  static SegmentHead decode(ByteSource source) {
    return new SegmentHead(
        source.shortString(),
        source.hash(),
        source.u32(),
        source.u64(),
        source.u64(),
        source.hash(),
        source.hash(),
        source.hash(),
        Times.ofNanos(source.u64()),
        Times.ofNanos(source.u64()),
        source.u8() == 1,
        source.hash(),
        source.u32(),
        source.u32(),
        source.hash());
  }
}

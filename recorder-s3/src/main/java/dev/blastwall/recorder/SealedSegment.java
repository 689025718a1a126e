package dev.blastwall.recorder;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * What the ledger says about one segment.
 *
 * @param genesis hash of the session's first entry: the chain's id
 * @param head hash of the segment's last entry
 * @param digest SHA-256 of the segment's whole file
 * @param end when and why the session ended, if this segment holds its closing entry
 */
@SuppressWarnings("ArrayRecordComponent")
record SealedSegment(
    String session,
    Instant begun,
    byte[] genesis,
    int number,
    long first,
    long last,
    byte[] head,
    byte[] digest,
    Optional<SessionEnd> end) {

  void encode(ByteSink sink) {
    sink.shortBytes(session.getBytes(StandardCharsets.UTF_8))
        .u64(Times.toNanos(begun))
        .put(genesis)
        .u32(number)
        .u64(first)
        .u64(last)
        .put(head)
        .put(digest)
        .u8(end.isPresent() ? 1 : 0);
    end.ifPresent(it -> encode(sink, it));
  }

  private static void encode(ByteSink sink, SessionEnd end) {
    var reason = end.reason().getBytes(StandardCharsets.UTF_8);
    sink.u64(Times.toNanos(end.time())).u16(reason.length).put(reason);
  }

  static SealedSegment decode(ByteSource source) {
    return new SealedSegment(
        source.shortString(),
        Times.ofNanos(source.u64()),
        source.hash(),
        source.u32(),
        source.u64(),
        source.u64(),
        source.hash(),
        source.hash(),
        source.u8() == 0 ? Optional.empty() : Optional.of(end(source)));
  }

  private static SessionEnd end(ByteSource source) {
    return new SessionEnd(Times.ofNanos(source.u64()), source.mediumString());
  }
}

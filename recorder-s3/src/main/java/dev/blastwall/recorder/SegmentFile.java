package dev.blastwall.recorder;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The read side of a segment. Whatever is not as written is a {@link RecordingDamagedException};
 * nothing is decompressed before its hash was checked.
 */
@SuppressWarnings("ArrayRecordComponent")
record SegmentFile(
    Path file, byte[] bytes, SegmentHead head, byte[] headBytes, byte[] signature, byte[] packed) {

  private static final int MAX_HEAD_BYTES = 1024;

  /** Reads a segment and holds it to what the ledger says of it. */
  static SegmentFile read(Path file, SealedSegment expected) throws IOException {
    var bytes = Files.readAllBytes(file);
    var segment = parse(file, bytes);
    segment.requireSound();
    segment.require(
        Arrays.equals(Hashes.of(bytes), expected.digest()),
        "is not the file that the ledger names");
    segment.requireSame(expected);
    return segment;
  }

  private static SegmentFile parse(Path file, byte[] bytes) {
    try {
      var source = new ByteSource(bytes);
      require(file, source.u64() == SegmentHead.MAGIC, "at byte 0: this is no segment");
      var length = source.u32();
      require(
          file,
          length > 0 && length <= MAX_HEAD_BYTES,
          "at byte 8: a head of " + length + " bytes");
      var head = source.take(length);
      var signature = source.take(Ledger.SIGNATURE_BYTES);
      return new SegmentFile(
          file,
          bytes,
          SegmentHead.decode(new ByteSource(head)),
          head,
          signature,
          source.take(source.remaining()));
    } catch (BufferUnderflowException e) {
      throw new RecordingDamagedException(file, "is cut short in its head");
    }
  }

  private void requireSound() {
    require(
        packed.length == head.packedBytes(),
        "has " + packed.length + " bytes where " + head.packedBytes() + " belong");
    require(
        Arrays.equals(Hashes.of(packed), head.packedHash()),
        "holds other entries than its head names");
    require(Arrays.equals(head.encode(), headBytes), "has a head that no recorder writes");
  }

  private void requireSame(SealedSegment expected) {
    require(
        head.session().equals(expected.session())
            && head.begun().equals(expected.begun())
            && head.number() == expected.number()
            && head.first() == expected.first()
            && head.last() == expected.last()
            && head.ends() == expected.end().isPresent()
            && Arrays.equals(head.genesis(), expected.genesis())
            && Arrays.equals(head.head(), expected.head()),
        "has another head than the ledger names");
  }

  void requireSigned(PublicKey key) {
    require(
        PublicKeys.signed(key, head.keyId(), Hashes.SEGMENT, headBytes, signature),
        "is not signed with this key");
  }

  /** Holds the head's backward references to the segment before. */
  void requireContinues(byte[] previousDigest, byte[] previousHead) {
    require(
        Arrays.equals(head.previous(), previousDigest)
            && Arrays.equals(head.before(), previousHead),
        "does not continue the segment before it");
  }

  /** Takes its entries into the session's replay, in order, and hands each on. */
  void replay(ChainReplay replay, Consumer<Entry> entries) {
    var plain = unpack();
    try {
      var source = new ByteSource(plain);
      while (source.remaining() > 0) {
        var length = source.u32();
        var offset = source.position();
        source.skip(length);
        entries.accept(replay.add(plain, offset, length));
      }
    } catch (BufferUnderflowException e) {
      throw new RecordingDamagedException(file, "is cut short inside");
    } catch (IllegalArgumentException e) {
      throw new RecordingDamagedException(file, String.valueOf(e.getMessage()));
    }
    require(replay.next() == head.last() + 1, "ends before entry " + head.last());
    require(Arrays.equals(replay.head(), head.head()), "has entries that do not hash to its head");
    require(replay.end().isPresent() == head.ends(), "has another end than its head says");
  }

  private byte[] unpack() {
    try {
      var plain = Zstd.decompress(packed, head.plainBytes());
      require(plain.length == head.plainBytes(), "unpacks to another size than its head names");
      return plain;
    } catch (ZstdException | IllegalArgumentException | NegativeArraySizeException e) {
      throw new RecordingDamagedException(file, "cannot be unpacked: " + e.getMessage());
    }
  }

  private void require(boolean holds, String what) {
    require(file, holds, what);
  }

  private static void require(Path file, boolean holds, String what) {
    if (!holds) {
      throw new RecordingDamagedException(file, what);
    }
  }
}

package dev.blastwall.recorder;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The read side of one generation of the spool: its whole frames up to the first that is not as
 * written.
 *
 * @param frames in the order of the file; they point into {@code bytes}
 * @param valid how many bytes of the file are its header and whole frames; the rest is torn or
 *     damaged
 */
@SuppressWarnings("ArrayRecordComponent")
record SpoolGeneration(Path file, long number, byte[] bytes, List<Frame> frames, int valid) {

  private static final int MAX_FRAME =
      1 + 255 + Hashes.LENGTH + Entry.MIN_BYTES + 255 + SessionRecord.MAX_BODY_BYTES;
  private static final int MIN_FRAME = 1 + 1 + Hashes.LENGTH + Entry.MIN_BYTES;

  /**
   * One entry in the spool.
   *
   * @param session one string for all frames of a session: a generation has many frames
   * @param offset where the entry starts in the generation's bytes; its hash in the session's chain
   *     stands before it
   */
  record Frame(String session, int offset, int length) {}

  static SpoolGeneration read(Path file, long number) throws IOException {
    return parse(file, number, Files.readAllBytes(file));
  }

  static SpoolGeneration parse(Path file, long number, byte[] bytes) {
    var frames = new ArrayList<Frame>();
    var sessions = new HashMap<String, String>();
    if (bytes.length < SpoolFile.HEADER_BYTES || !SpoolFile.validHeader(bytes, number)) {
      return new SpoolGeneration(file, number, bytes, frames, 0);
    }
    var at = SpoolFile.HEADER_BYTES;
    for (var size = frameSize(bytes, at, number); size > 0; size = frameSize(bytes, at, number)) {
      frames.add(frame(bytes, at, sessions));
      at += size;
    }
    return new SpoolGeneration(file, number, bytes, frames, at);
  }

  /** The whole size of the frame that starts here, or 0 if none does. */
  private static int frameSize(byte[] bytes, int at, long number) {
    if (bytes.length - at < SpoolFile.FRAME_OVERHEAD) {
      return 0;
    }
    var length = new ByteSource(bytes, at, 4).u32();
    if (length < MIN_FRAME
        || length > MAX_FRAME
        || length > bytes.length - at - SpoolFile.FRAME_OVERHEAD) {
      return 0;
    }
    var seed = new ByteSink(16).u64(number).u64(at);
    var crc = new ByteSource(bytes, at + 4 + length, 4).u32();
    var sound = SpoolFile.crc(seed, bytes, at, 4 + length) == crc && idFits(bytes, at, length);
    return sound ? length + SpoolFile.FRAME_OVERHEAD : 0;
  }

  private static boolean idFits(byte[] bytes, int at, int length) {
    return 1 + (bytes[at + 4] & 0xFF) + Hashes.LENGTH + Entry.MIN_BYTES <= length;
  }

  private static Frame frame(byte[] bytes, int at, Map<String, String> sessions) {
    var source = new ByteSource(bytes, at, bytes.length - at);
    var length = source.u32();
    var idLength = source.u8();
    var id = new String(bytes, at + 5, idLength, StandardCharsets.UTF_8);
    var overhead = 1 + idLength + Hashes.LENGTH;
    return new Frame(sessions.computeIfAbsent(id, it -> it), at + 4 + overhead, length - overhead);
  }

  /**
   * Takes a frame's entry into its session's replay and holds it to the hash that was spooled with
   * it.
   */
  Entry replay(Frame frame, ChainReplay replay) {
    try {
      var entry = replay.add(bytes, frame.offset(), frame.length());
      if (!hashed(frame, replay.head())) {
        throw new IllegalArgumentException(
            "entry " + entry.sequence() + " does not continue the chain");
      }
      return entry;
    } catch (IllegalArgumentException e) {
      throw damaged(
          "session " + frame.session() + " at byte " + frame.offset() + ": " + e.getMessage());
    }
  }

  private boolean hashed(Frame frame, byte[] hash) {
    var at = frame.offset() - Hashes.LENGTH;
    return Arrays.equals(bytes, at, frame.offset(), hash, 0, Hashes.LENGTH);
  }

  /** Whether it may be caught between its creation and its first entry. */
  boolean beingMade() {
    return bytes.length < SpoolFile.HEADER_BYTES || bytes.length == valid && frames.isEmpty();
  }

  int torn() {
    return bytes.length - valid;
  }

  RecordingDamagedException damaged(String what) {
    return new RecordingDamagedException(file, what);
  }
}

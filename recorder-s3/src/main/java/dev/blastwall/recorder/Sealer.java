package dev.blastwall.recorder;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Turns a finished generation of the spool into segments: one per session that has entries in it.
 * The ledger's statement is the commit: before it the spool counts and leftover segment files are
 * written anew; after it the spool file is deleted. So an interrupted sealing is simply done again,
 * and recovery is the same code. For one thread at a time.
 */
final class Sealer {

  private static final int LEVEL = 1;

  private final Disk disk;
  private final RecordingFolder folder;
  private final SigningKey key;
  private final LedgerWriter ledger;

  Sealer(Disk disk, RecordingFolder folder, SigningKey key, LedgerWriter ledger) {
    this.disk = disk;
    this.folder = folder;
    this.key = key;
    this.ledger = ledger;
  }

  /** What recovery cut off the generation's end. */
  @SuppressWarnings("ArrayRecordComponent")
  record Cut(long bytes, byte[] hash) {

    static final Cut NOTHING = new Cut(0, Hashes.NONE);
  }

  /** Seals a generation and returns its segments. */
  List<SealedSegment> seal(SpoolGeneration generation, boolean stopped, Cut cut)
      throws IOException {
    if (generation.torn() > 0) {
      throw generation.damaged("at byte " + generation.valid() + " stands no whole frame");
    }
    var folders = new LinkedHashSet<Path>();
    var segments = new ArrayList<SealedSegment>();
    for (var session : bySession(generation).entrySet()) {
      segments.add(segment(generation, session.getKey(), session.getValue(), folders));
    }
    for (var changed : folders) {
      disk.syncFolder(changed);
    }
    ledger.append(
        generation.number(), new LedgerEntry.Sealed(stopped, cut.bytes, cut.hash, segments));
    Files.deleteIfExists(generation.file());
    return segments;
  }

  private static Map<String, List<SpoolGeneration.Frame>> bySession(SpoolGeneration generation) {
    var sessions = new LinkedHashMap<String, List<SpoolGeneration.Frame>>();
    for (var frame : generation.frames()) {
      sessions.computeIfAbsent(frame.session(), id -> new ArrayList<>()).add(frame);
    }
    return sessions;
  }

  private SealedSegment segment(
      SpoolGeneration generation,
      String session,
      List<SpoolGeneration.Frame> frames,
      Set<Path> folders)
      throws IOException {
    var before = ledger.session(session);
    var replay = before.map(ChainReplay::new).orElseGet(() -> new ChainReplay(session));
    var start = new Start(session, before, replay.next(), replay.head());
    var plain = plain(generation, frames, replay);
    var packed = Zstd.compress(plain, LEVEL);
    var head = head(start, replay, plain.length, packed);
    return toLedger(head, write(head, packed, folders), replay);
  }

  /**
   * Where a segment starts: what the ledger has of its session, and the number and link of its
   * first entry.
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record Start(String session, Optional<SessionState> before, long first, byte[] link) {}

  private static byte[] plain(
      SpoolGeneration generation, List<SpoolGeneration.Frame> frames, ChainReplay replay) {
    var plain = new ByteSink(frames.stream().mapToInt(it -> it.length() + 4).sum());
    for (var frame : frames) {
      generation.replay(frame, replay);
      plain.u32(frame.length()).put(generation.bytes(), frame.offset(), frame.length());
    }
    return plain.toBytes();
  }

  private SegmentHead head(Start start, ChainReplay replay, int plainBytes, byte[] packed) {
    return new SegmentHead(
        start.session,
        replay.genesis(),
        start.before.map(SessionState::segments).orElse(0),
        start.first,
        replay.next() - 1,
        start.link,
        replay.head(),
        start.before.map(SessionState::digest).orElse(Hashes.NONE),
        replay.begun(),
        Instant.now(),
        replay.end().isPresent(),
        key.idBytes(),
        plainBytes,
        packed.length,
        Hashes.of(packed));
  }

  private byte[] write(SegmentHead head, byte[] packed, Set<Path> folders) throws IOException {
    var path = folder.session(head.session(), head.begun());
    Files.createDirectories(path);
    for (var it = path; it != null && !it.equals(folder.root()); it = it.getParent()) {
      folders.add(it);
    }
    var encoded = head.encode();
    var sink =
        new ByteSink(packed.length + 1024).u64(SegmentHead.MAGIC).u32(encoded.length).put(encoded);
    var bytes = sink.put(key.sign(Hashes.SEGMENT, encoded)).put(packed).toBytes();
    try (var out = disk.replace(RecordingFolder.segment(path, head.number()))) {
      out.write(ByteBuffer.wrap(bytes));
      out.force();
    }
    return Hashes.of(bytes);
  }

  private static SealedSegment toLedger(SegmentHead head, byte[] digest, ChainReplay replay) {
    return new SealedSegment(
        head.session(),
        head.begun(),
        head.genesis(),
        head.number(),
        head.first(),
        head.last(),
        head.head(),
        digest,
        replay.end());
  }
}

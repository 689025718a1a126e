package dev.blastwall.recorder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One session as {@link SessionReader} finds it: sealed segments, then entries that are only in the
 * spool yet.
 */
final class ReadSession {

  private final Path path;
  private final String id;
  private final List<SealedSegment> segments = new ArrayList<>();
  private final List<Entry> spooled = new ArrayList<>();
  private @Nullable ChainReplay tail;

  ReadSession(Path path, String id) {
    this.path = path;
    this.id = id;
  }

  String id() {
    return id;
  }

  void add(SealedSegment segment) {
    segments.add(segment);
  }

  Entry add(SpoolGeneration generation, SpoolGeneration.Frame frame) {
    var replay = tail == null ? afterSegments() : tail;
    tail = replay;
    var entry = generation.replay(frame, replay);
    spooled.add(entry);
    return entry;
  }

  private ChainReplay afterSegments() {
    return segments.isEmpty()
        ? new ChainReplay(id)
        : new ChainReplay(SessionState.after(segments.getLast()));
  }

  SessionSummary summary() throws IOException {
    var begin = segments.isEmpty() ? spooled.getFirst() : first(segments.getFirst());
    return new SessionSummary(id, begin.time(), begin.body(), records(), end());
  }

  private Entry first(SealedSegment segment) throws IOException {
    return entries(segment, new ChainReplay(id)).getFirst();
  }

  private long records() {
    var last = spooled.isEmpty() ? segments.getLast().last() : spooled.getLast().sequence();
    return end().isPresent() ? last - 1 : last;
  }

  private Optional<SessionEnd> end() {
    return tail == null ? segments.getLast().end() : tail.end();
  }

  Stream<Entry> entries() {
    var replay = new ChainReplay(id);
    return Stream.concat(
        segments.stream().flatMap(it -> unchecked(it, replay).stream()), spooled.stream());
  }

  private List<Entry> unchecked(SealedSegment segment, ChainReplay replay) {
    try {
      return entries(segment, replay);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Entry> entries(SealedSegment segment, ChainReplay replay) throws IOException {
    var entries = new ArrayList<Entry>();
    SegmentFile.read(RecordingFolder.segment(path, segment.number()), segment)
        .replay(replay, entries::add);
    return entries;
  }
}

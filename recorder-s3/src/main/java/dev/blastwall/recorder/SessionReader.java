package dev.blastwall.recorder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Lists sessions and replays their records, from sealed segments and from the spool of a recorder
 * that may be running. Checks hashes on the way and stops at the first that is wrong ({@link
 * RecordingDamagedException}); only {@link Verifier} checks signatures. Every call reads the folder
 * anew. Thread-safe; blocking.
 */
public final class SessionReader {

  private final RecordingFolder folder;

  /** Reads what is recorded in a folder. */
  public SessionReader(Path folder) {
    this.folder = new RecordingFolder(folder);
  }

  /** All sessions in the order of their beginning in the ledger and the spool. */
  public List<SessionSummary> sessions() throws IOException {
    return recorded().stream().map(RecordedSession::summary).toList();
  }

  /** As {@link #sessions}, with their records: for whoever reads all of them. */
  public List<RecordedSession> recorded() throws IOException {
    var sessions = new ArrayList<RecordedSession>();
    for (var session : load().values()) {
      sessions.add(new RecordedSession(session.summary(), session));
    }
    return sessions;
  }

  /** The latest session with this id. */
  public Optional<SessionSummary> find(String id) throws IOException {
    var found = latest(id, load().values());
    return found.isPresent() ? Optional.of(found.get().summary()) : Optional.empty();
  }

  /**
   * The records of the latest session with this id, in order, one segment in memory at a time; none
   * if there is no such session. Reading failures come out of the stream as {@link
   * UncheckedIOException}.
   */
  public Stream<StoredRecord> records(String id) throws IOException {
    var found = latest(id, load().values());
    return found.isPresent()
        ? new RecordedSession(found.get().summary(), found.get()).records()
        : Stream.empty();
  }

  private static Optional<ReadSession> latest(String id, Collection<ReadSession> sessions) {
    return sessions.stream().filter(it -> it.id().equals(id)).reduce((earlier, later) -> later);
  }

  /** By folder of the session: an id may come again on another day. */
  private Map<Path, ReadSession> load() throws IOException {
    var snapshot = FolderSnapshot.take(folder);
    var state = snapshot.ledger().state();
    var sessions = new LinkedHashMap<Path, ReadSession>();
    for (var statement : snapshot.ledger().statements()) {
      if (statement.entry().what() instanceof LedgerEntry.Sealed sealed) {
        sealed.segments().forEach(it -> session(sessions, it).add(it));
      }
    }
    var open = new LinkedHashMap<String, ReadSession>();
    state
        .open()
        .values()
        .forEach(
            it -> open.put(it.session(), sessions.get(folder.session(it.session(), it.begun()))));
    for (var generation : snapshot.unsealed(state.generation())) {
      for (var frame : generation.frames()) {
        spooled(sessions, open, generation, frame);
      }
    }
    return sessions;
  }

  private ReadSession session(Map<Path, ReadSession> sessions, SealedSegment segment) {
    var path = folder.session(segment.session(), segment.begun());
    return sessions.computeIfAbsent(path, it -> new ReadSession(it, segment.session()));
  }

  private void spooled(
      Map<Path, ReadSession> sessions,
      Map<String, ReadSession> open,
      SpoolGeneration generation,
      SpoolGeneration.Frame frame) {
    var session = open.get(frame.session());
    if (session == null) {
      session = new ReadSession(Path.of(frame.session()), frame.session());
      open.put(frame.session(), session);
    }
    var entry = session.add(generation, frame);
    if (entry.kind() == EntryKind.BEGIN) {
      sessions.put(folder.session(frame.session(), entry.time()), session);
    }
    if (entry.kind() == EntryKind.END) {
      open.remove(frame.session());
    }
  }
}

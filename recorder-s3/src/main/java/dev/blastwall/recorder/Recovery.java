package dev.blastwall.recorder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What {@link Recorder#open} does about a run that did not end by itself: cuts the torn write at
 * the end of the last generation, closes the sessions that were open, and seals all of it.
 * Everything that a crash cannot explain is a {@link RecordingDamagedException}: a gateway does not
 * sign for evidence that somebody changed.
 */
final class Recovery {

  static final String REASON = "interrupted: gateway stopped";

  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

  private final RecordingFolder folder;
  private final LedgerState state;
  private final List<SpoolGeneration> pending = new ArrayList<>();

  private Recovery(RecordingFolder folder, LedgerState state) {
    this.folder = folder;
    this.state = state;
  }

  /** Looks at what is there and changes nothing but to delete what is sealed or empty. */
  static Recovery plan(RecordingFolder folder, Ledger ledger, LedgerState state)
      throws IOException {
    var recovery = new Recovery(folder, state);
    recovery.load();
    if (state.running() && recovery.pending.isEmpty()) {
      throw new RecordingDamagedException(
          folder.spoolFile(state.generation() + 1), "is missing, although the run did not end");
    }
    if (ledger.torn() && recovery.pending.isEmpty() && ledger.valid() > 0) {
      throw new RecordingDamagedException(
          folder.ledger(), "at byte " + ledger.valid() + " stands no whole statement");
    }
    recovery.dropUnused();
    return recovery;
  }

  private void load() throws IOException {
    for (var found : folder.generations().entrySet()) {
      if (found.getKey() <= state.generation()) {
        Files.delete(found.getValue());
      } else {
        pending.add(SpoolGeneration.read(found.getValue(), found.getKey()));
      }
    }
    for (var i = 0; i < pending.size(); i++) {
      requireNumber(pending.get(i), state.generation() + 1 + i);
    }
  }

  private void requireNumber(SpoolGeneration generation, long number) {
    if (generation.number() != number) {
      throw new RecordingDamagedException(folder.spoolFile(number), "is missing in the spool");
    }
  }

  /** A crash while a generation was made leaves one that was never used. */
  private void dropUnused() throws IOException {
    if (!pending.isEmpty()
        && (pending.size() > 1 || !state.running())
        && unused(pending.getLast())) {
      Files.delete(pending.removeLast().file());
    }
    if (!state.running() && !pending.isEmpty()) {
      throw pending.getFirst().damaged("holds records of a run that the ledger does not know");
    }
  }

  private static boolean unused(SpoolGeneration generation) {
    return generation.bytes().length <= SpoolFile.HEADER_BYTES;
  }

  void run(Disk disk, Sealer sealer) throws IOException {
    if (pending.isEmpty()) {
      return;
    }
    for (var generation : pending.subList(0, pending.size() - 1)) {
      sealer.seal(generation, false, Sealer.Cut.NOTHING);
    }
    finish(disk, sealer, pending.getLast());
  }

  private void finish(Disk disk, Sealer sealer, SpoolGeneration last) throws IOException {
    var cut = cut(disk, last);
    var open = openSessions(last);
    close(disk, last, open);
    sealer.seal(SpoolGeneration.read(last.file(), last.number()), true, cut);
    LOG.warn(
        "recording: the last run was interrupted; {} sessions were closed, {} bytes cut",
        open.size(),
        cut.bytes());
  }

  private static Sealer.Cut cut(Disk disk, SpoolGeneration last) throws IOException {
    if (last.valid() == 0) {
      throw last.damaged("at byte 0 stands no header");
    }
    if (last.torn() == 0) {
      return Sealer.Cut.NOTHING;
    }
    var tail = Arrays.copyOfRange(last.bytes(), last.valid(), last.bytes().length);
    disk.truncate(last.file(), last.valid());
    return new Sealer.Cut(tail.length, Hashes.of(tail));
  }

  private List<ChainReplay> openSessions(SpoolGeneration last) {
    Map<String, ChainReplay> sessions = new LinkedHashMap<>();
    state.open().forEach((id, it) -> sessions.put(id, new ChainReplay(it)));
    for (var frame : last.frames()) {
      last.replay(frame, sessions.computeIfAbsent(frame.session(), ChainReplay::new));
    }
    return sessions.values().stream().filter(it -> it.end().isEmpty()).toList();
  }

  private static void close(Disk disk, SpoolGeneration last, List<ChainReplay> open)
      throws IOException {
    try (var spool = SpoolFile.reopen(disk, last.file(), last.number(), last.valid())) {
      for (var session : open) {
        var end = OpenSession.end(REASON);
        var body = Entry.endBody(session.next() - 1, end.body());
        spool.add(
            session.chain(),
            EntryKind.END,
            new SessionRecord(end.type(), end.time(), end.monotonicNanos(), body));
      }
      spool.flush();
      spool.force();
    }
  }

  static boolean holdsSessions(Path sessions) throws IOException {
    if (!Files.isDirectory(sessions)) {
      return false;
    }
    try (var any = Files.newDirectoryStream(sessions)) {
      return any.iterator().hasNext();
    }
  }
}

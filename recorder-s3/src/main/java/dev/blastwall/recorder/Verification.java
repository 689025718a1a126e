package dev.blastwall.recorder;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One pass of {@link Verifier} over a folder: the ledger, each session that it names, the spool,
 * and every other file.
 */
final class Verification {

  private final RecordingFolder folder;
  private final PublicKey key;
  private final LedgerState state = new LedgerState();
  private final Map<Path, List<SealedSegment>> sealed = new LinkedHashMap<>();
  private final List<Finding> findings = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private long sealedEntries;

  Verification(RecordingFolder folder, PublicKey key) {
    this.folder = folder;
    this.key = key;
  }

  VerifyReport run() throws IOException {
    // Listed first: a segment that a running recorder makes later is then no stranger to an older
    // ledger.
    var files = FileCensus.list(folder);
    var snapshot = FolderSnapshot.take(folder);
    ledger(snapshot.ledger());
    for (var session : sealed.entrySet()) {
      session(session.getKey(), session.getValue());
    }
    var spool = new SpoolVerification(folder, state, findings, notes);
    spool.run(snapshot);
    new FileCensus(folder, sealed, spool.sessionFolders(), state.running(), findings, notes)
        .check(files);
    return new VerifyReport(
        findings,
        notes,
        spool.open(),
        sealed.size() + spool.begun(),
        sealedEntries,
        spool.entries(),
        HexFormat.of().formatHex(state.link()),
        state.next());
  }

  /** What stands behind a wrong statement vouches for nothing, so it is not looked at. */
  private void ledger(Ledger ledger) {
    for (var statement : ledger.statements()) {
      try {
        requireSigned(statement);
        state.apply(statement);
      } catch (IllegalArgumentException e) {
        finding(folder.ledger(), "at byte " + statement.offset() + ": " + e.getMessage());
        return;
      }
      collect(statement.entry());
    }
    ledger.damage().ifPresent(it -> finding(folder.ledger(), it));
    if (ledger.damage().isEmpty() && (ledger.torn() || ledger.valid() == 0)) {
      finding(folder.ledger(), "at byte " + ledger.valid() + ": no whole statement");
    }
  }

  private void requireSigned(Ledger.Statement statement) {
    var keyId = statement.entry().keyId();
    if (!PublicKeys.signed(key, keyId, Hashes.LEDGER, statement.body(), statement.signature())) {
      throw new IllegalArgumentException("a statement is not signed with this key");
    }
  }

  private void collect(LedgerEntry entry) {
    switch (entry.what()) {
      case LedgerEntry.Started() -> {}
      case LedgerEntry.Sealed it -> {
        it.segments().forEach(this::collect);
        if (it.cutBytes() > 0) {
          notes.add(
              "%s: a recovery cut %d bytes of a torn write off generation %d (SHA-256 %s)"
                  .formatted(
                      entry.time(),
                      it.cutBytes(),
                      entry.generation(),
                      HexFormat.of().formatHex(it.cutHash())));
        }
      }
    }
  }

  private void collect(SealedSegment segment) {
    var path = folder.session(segment.session(), segment.begun());
    sealed.computeIfAbsent(path, it -> new ArrayList<>()).add(segment);
  }

  /** Goes through a session up to its first broken place. */
  private void session(Path path, List<SealedSegment> segments) {
    var session = segments.getFirst().session();
    var replay = new ChainReplay(session);
    var previous = Hashes.NONE;
    for (var expected : segments) {
      var file = RecordingFolder.segment(path, expected.number());
      try {
        segment(file, expected, previous, replay);
      } catch (NoSuchFileException e) {
        finding(
            file, session, "is missing: entries " + expected.first() + " to " + expected.last());
        return;
      } catch (RecordingDamagedException e) {
        finding(file, session, e.what());
        return;
      } catch (IOException e) {
        finding(file, session, "cannot be read: " + e);
        return;
      }
      previous = expected.digest();
    }
  }

  private void segment(Path file, SealedSegment expected, byte[] previous, ChainReplay replay)
      throws IOException {
    var segment = SegmentFile.read(file, expected);
    segment.requireSigned(key);
    segment.requireContinues(previous, replay.head());
    segment.replay(replay, entry -> sealedEntries++);
  }

  private void finding(Path file, String what) {
    findings.add(new Finding(folder.name(file), Optional.empty(), what));
  }

  private void finding(Path file, String session, String what) {
    findings.add(new Finding(folder.name(file), Optional.of(session), what));
  }
}

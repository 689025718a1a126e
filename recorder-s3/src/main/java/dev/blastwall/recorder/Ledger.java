package dev.blastwall.recorder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The read side of the ledger: its whole statements up to the first place that is none.
 *
 * @param valid how many bytes they and the magic take
 * @param size the file's size
 * @param damage what is wrong behind them; empty too where the file just ends in the middle of a
 *     statement
 */
record Ledger(
    Path file, List<Statement> statements, long valid, long size, Optional<String> damage) {

  static final long MAGIC = 0x4257_4C45_4447_5231L; // "BWLEDGR1"
  static final int HEADER_BYTES = 8;
  static final int SIGNATURE_BYTES = 64;

  /** One statement with the bytes that are signed and linked, and where it starts. */
  @SuppressWarnings("ArrayRecordComponent")
  record Statement(LedgerEntry entry, byte[] body, byte[] signature, long offset) {

    byte[] link() {
      return Hashes.ledgerLink(body, signature);
    }
  }

  /** Reads the ledger; one that is not there yet has no statements. */
  static Ledger read(Path file) throws IOException {
    try {
      return parse(file, Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      return new Ledger(file, List.of(), 0, 0, Optional.empty());
    }
  }

  static Ledger parse(Path file, byte[] bytes) {
    var statements = new ArrayList<Statement>();
    if (bytes.length < HEADER_BYTES) {
      return new Ledger(file, statements, 0, bytes.length, Optional.empty());
    }
    if (new ByteSource(bytes).u64() != MAGIC) {
      return new Ledger(
          file, statements, 0, bytes.length, Optional.of("at byte 0: this is no ledger"));
    }
    var at = HEADER_BYTES;
    try {
      while (whole(bytes, at)) {
        statements.add(statement(bytes, at));
        at += 4 + statements.getLast().body().length + SIGNATURE_BYTES;
      }
    } catch (IllegalArgumentException e) {
      return new Ledger(
          file, statements, at, bytes.length, Optional.of("at byte " + at + ": " + e.getMessage()));
    }
    return new Ledger(file, statements, at, bytes.length, Optional.empty());
  }

  private static boolean whole(byte[] bytes, int at) {
    var left = bytes.length - at - 4 - SIGNATURE_BYTES;
    if (left < 0) {
      return false;
    }
    var length = new ByteSource(bytes, at, 4).u32();
    return length >= 0 && length <= left;
  }

  private static Statement statement(byte[] bytes, int at) {
    var source = new ByteSource(bytes, at, bytes.length - at);
    var body = source.take(source.u32());
    return new Statement(LedgerEntry.decode(body), body, source.take(SIGNATURE_BYTES), at);
  }

  /**
   * The last generation that it says is sealed, whether or not the statements hold; 0 if there is
   * none.
   */
  long lastSealed() {
    for (var statement : statements.reversed()) {
      if (statement.entry().what() instanceof LedgerEntry.Sealed) {
        return statement.entry().generation();
      }
    }
    return 0;
  }

  /** Whether its last statement leaves a run open. */
  boolean running() {
    return !statements.isEmpty()
        && switch (statements.getLast().entry().what()) {
          case LedgerEntry.Started() -> true;
          case LedgerEntry.Sealed sealed -> !sealed.stopped();
        };
  }

  boolean torn() {
    return size > valid;
  }

  /** Folds all statements; one that does not fit is a {@link RecordingDamagedException}. */
  LedgerState state() {
    damage.ifPresent(this::damaged);
    var state = new LedgerState();
    for (var statement : statements) {
      try {
        state.apply(statement);
      } catch (IllegalArgumentException e) {
        damaged("at byte " + statement.offset() + ": " + e.getMessage());
      }
    }
    return state;
  }

  private void damaged(String what) {
    throw new RecordingDamagedException(file, what);
  }
}

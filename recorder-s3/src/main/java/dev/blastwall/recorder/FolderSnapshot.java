package dev.blastwall.recorder;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * The spool and the ledger of a folder that may be recorded into meanwhile. The spool is read
 * first: what is sealed and deleted between the two is then in the ledger.
 *
 * @param listed all generations that the spool listed, by number
 * @param spool those that could be read, in order
 */
record FolderSnapshot(SortedMap<Long, Path> listed, List<SpoolGeneration> spool, Ledger ledger) {

  private static final int ATTEMPTS = 10;

  /**
   * Reads both; again if a generation is missing in between, because a listing that runs while
   * files come and go may show a later one and not an earlier. What is missing every time is
   * missing.
   */
  static FolderSnapshot take(RecordingFolder folder) throws IOException {
    var snapshot = once(folder);
    for (var attempt = 1; attempt < ATTEMPTS && !snapshot.withoutGap(); attempt++) {
      snapshot = once(folder);
    }
    return snapshot;
  }

  private static FolderSnapshot once(RecordingFolder folder) throws IOException {
    var listed = folder.generations();
    var spool = new ArrayList<SpoolGeneration>();
    for (var found : listed.entrySet()) {
      try {
        spool.add(SpoolGeneration.read(found.getValue(), found.getKey()));
      } catch (NoSuchFileException e) {
        // Sealed since it was listed: the ledger, read below, has it.
        continue;
      }
    }
    return new FolderSnapshot(listed, spool, Ledger.read(folder.ledger()));
  }

  private boolean withoutGap() {
    var next = ledger.lastSealed() + 1;
    for (var generation : unsealed(next - 1)) {
      if (generation.number() != next++) {
        return false;
      }
    }
    return !ledger.running() || next > ledger.lastSealed() + 1;
  }

  /** The generations that the ledger does not have yet. */
  List<SpoolGeneration> unsealed(long lastSealed) {
    return spool.stream().filter(it -> it.number() > lastSealed).toList();
  }
}

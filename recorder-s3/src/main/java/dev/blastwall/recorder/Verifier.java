package dev.blastwall.recorder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Says whether a folder is what a recorder with this key wrote, the whole of it and nothing else.
 * Needs nothing but the folder and the public key, which must come from elsewhere than the folder.
 * FORMAT.md, "What verification can state", says where its limits are.
 */
public final class Verifier {

  private static final int ATTEMPTS = 5;

  private Verifier() {}

  /**
   * Verifies a folder; it may be recorded into meanwhile. Blocking.
   *
   * @throws IOException if the folder cannot be read; what can be read and is wrong are findings
   */
  public static VerifyReport verify(Path folder, PublicKey key) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new NotDirectoryException(folder.toString());
    }
    var recording = new RecordingFolder(folder);
    for (var attempt = 1; ; attempt++) {
      var before = sizes(recording);
      var report = new Verification(recording, key).run();
      // A running recorder can be caught in the middle of a write: only what stays wrong is a
      // finding.
      if (report.sound() || attempt == ATTEMPTS || before.equals(sizes(recording))) {
        return report;
      }
    }
  }

  private static SortedMap<Path, Long> sizes(RecordingFolder folder) throws IOException {
    var sizes = new TreeMap<Path, Long>();
    for (var file : folder.generations().values()) {
      sizes.put(file, size(file));
    }
    sizes.put(folder.ledger(), size(folder.ledger()));
    return sizes;
  }

  private static long size(Path file) {
    return file.toFile().length();
  }
}

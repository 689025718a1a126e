package dev.blastwall.recorder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Names of the files in a recording folder (FORMAT.md, "Folder"). */
record RecordingFolder(Path root) {

  static final Pattern SESSION_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,127}");

  private static final Pattern SPOOL_NAME = Pattern.compile("(\\d{16})\\.spool");
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy/MM/dd", Locale.ROOT).withZone(ZoneOffset.UTC);

  Path ledger() {
    return root.resolve("sessions.ledger");
  }

  Path lock() {
    return root.resolve("recorder.lock");
  }

  Path spool() {
    return root.resolve("spool");
  }

  Path sessions() {
    return root.resolve("sessions");
  }

  Path spoolFile(long generation) {
    return spool().resolve(String.format(Locale.ROOT, "%016d.spool", generation));
  }

  Path session(String id, Instant begun) {
    return sessions().resolve(DAY.format(begun)).resolve(id);
  }

  static Path segment(Path session, int number) {
    return session.resolve(String.format(Locale.ROOT, "%08d.segment", number));
  }

  /** A file's name within the folder. */
  String name(Path file) {
    return root.relativize(file).toString();
  }

  /** Whether this is a spool file by its name and place. */
  boolean isGeneration(Path file) {
    return spool().equals(file.getParent())
        && SPOOL_NAME.matcher(String.valueOf(file.getFileName())).matches();
  }

  /** The spool's generations by number; files with other names are left to {@link Verifier}. */
  SortedMap<Long, Path> generations() throws IOException {
    var found = new TreeMap<Long, Path>();
    try (var files = Files.newDirectoryStream(spool())) {
      for (var file : files) {
        var name = SPOOL_NAME.matcher(String.valueOf(file.getFileName()));
        if (name.matches() && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          found.put(Long.parseLong(name.group(1)), file);
        }
      }
    } catch (NoSuchFileException e) {
      return found;
    }
    return found;
  }
}

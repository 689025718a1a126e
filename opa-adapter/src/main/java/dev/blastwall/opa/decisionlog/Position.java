package dev.blastwall.opa.decisionlog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Up to where a spool was uploaded. Without it, events are uploaded again.
 *
 * @param segment the number of the segment
 * @param offset in bytes
 */
record Position(long segment, long offset) {
  private static final String FILE = "position";
  private static final Pattern FORM = Pattern.compile("([0-9]{1,18}) ([0-9]{1,18})\n");

  static Optional<Position> read(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Matcher matcher = FORM.matcher(Files.readString(file));
    return matcher.matches()
        ? Optional.of(
            new Position(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))))
        : Optional.empty();
  }

  void write(Path folder) throws IOException {
    Path written = Files.writeString(folder.resolve(FILE + ".new"), segment + " " + offset + "\n");
    Files.move(written, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
  }
}

package dev.blastwall.cli;

import dev.blastwall.recorder.SessionReader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which recording. */
final class RecordingsOption {

  private static final String PUBLIC_KEY = "recording.pub";

  @Option(
      names = "--recordings",
      paramLabel = "FOLDER",
      description = "The recording; otherwise that of the gateway of the ready file.")
  private @Nullable Path folder;

  @Mixin private ReadyFileOption readyFile = new ReadyFileOption();

  Path folder() {
    Path recordings = folder == null ? Path.of(readyFile.read().recordings()) : folder;
    if (!Files.isDirectory(recordings)) {
      throw new CommandFailure(2, "There is no folder " + recordings + ".");
    }
    return recordings;
  }

  SessionReader reader() {
    return new SessionReader(folder());
  }

  /** Where a gateway keeps the key of a recording in its data folder. */
  static Path keyBeside(Path recordings) {
    return recordings.toAbsolutePath().resolveSibling("keys").resolve(PUBLIC_KEY);
  }
}

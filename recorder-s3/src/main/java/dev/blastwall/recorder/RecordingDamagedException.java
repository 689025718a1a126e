package dev.blastwall.recorder;

import java.nio.file.Path;

/**
 * A file of a recording is not as it was written. To go on recording, move the folder away, keep it
 * as evidence and let the gateway begin a new one; {@link Verifier} says everything that is wrong
 * with it.
 */
public final class RecordingDamagedException extends RuntimeException {

  private final Path file;
  private final String what;

  RecordingDamagedException(Path file, String what) {
    super(file + ": " + what);
    this.file = file;
    this.what = what;
  }

  /** Where. */
  public Path file() {
    return file;
  }

  /** What is wrong and at which byte or sequence number, without the file's name. */
  public String what() {
    return what;
  }
}

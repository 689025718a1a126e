package dev.blastwall.cli;

import dev.blastwall.authoring.AuthoringException;
import dev.blastwall.authoring.Home;
import dev.blastwall.authoring.PolicyFolder;
import dev.blastwall.authoring.Workshop;
import dev.blastwall.opa.BundleException;
import dev.blastwall.yaml.InvalidFileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** What goes wrong for an author, in words and with an exit code. */
final class Authoring {

  private Authoring() {}

  /** Something that an author asked for. */
  interface Work<T> {
    T run() throws IOException, AuthoringException, BundleException, InvalidFileException;
  }

  static <T> T attempt(Work<T> work) {
    try {
      return work.run();
    } catch (AuthoringException | BundleException | InvalidFileException e) {
      throw new CommandFailure(1, String.valueOf(e.getMessage()));
    } catch (IOException | UncheckedIOException e) {
      throw new CommandFailure(1, "Cannot read or write: " + e.getMessage());
    }
  }

  static Workshop open(Path folder) {
    return attempt(() -> Workshop.open(PolicyFolder.at(folder), Home.find()));
  }
}

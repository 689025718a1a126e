package dev.blastwall.opa.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the archive of each bundle that was activated, for a start without its source, where OPA
 * does: {@code NAME/bundle.tar.gz}. It is verified again when it is read.
 *
 * @param folder null to keep none
 */
record LastGood(@Nullable Path folder) {
  private static final String FILE = "bundle.tar.gz";

  void keep(String name, byte[] archive) throws IOException {
    if (folder == null) {
      return;
    }
    Path own = folder.resolve(name);
    Files.createDirectories(
        own, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path unfinished = Files.createTempFile(own, FILE, ".new");
    try {
      Files.write(unfinished, archive);
      Files.move(
          unfinished,
          own.resolve(FILE),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  Optional<byte[]> find(String name) throws IOException {
    if (folder == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readAllBytes(folder.resolve(name).resolve(FILE)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }
}

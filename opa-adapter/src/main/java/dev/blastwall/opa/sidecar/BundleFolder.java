package dev.blastwall.opa.sidecar;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.Bundle;
import dev.blastwall.opa.BundleException;
import dev.blastwall.opa.Json;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A folder that only this user may look into, with a bundle as OPA reads it and the socket of the
 * OPA that does.
 */
final class BundleFolder implements AutoCloseable {
  private final Path folder;

  private BundleFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Writes what was verified, and nothing else, to a new folder.
   *
   * @throws BundleException when the bundle has no Rego, or the folder cannot be written
   */
  static BundleFolder write(Bundle bundle) throws BundleException {
    if (bundle.sources().files().isEmpty()) {
      throw new BundleException(
          "the bundle holds no Rego, which a sidecar reads; build it with opa build -t plan, which keeps it, or use the embedded engine");
    }
    try {
      // Short, for the path of a Unix socket has about a hundred characters.
      BundleFolder made = new BundleFolder(Files.createTempDirectory("blastwall-opa"));
      try {
        made.fill(bundle);
        return made;
      } catch (IOException e) {
        made.close();
        throw e;
      }
    } catch (IOException e) {
      throw new BundleException("the bundle cannot be written for OPA: " + e, e);
    }
  }

  private void fill(Bundle bundle) throws IOException {
    Path root = Files.createDirectory(bundle());
    ObjectValue manifest =
        bundle
            .sources()
            .versions()
            .copy(2)
            .put("revision", bundle.revision())
            .put("roots", new ArrayValue(1).add(Value.of("")));
    Files.write(root.resolve(".manifest"), Json.writeBytes(manifest));
    Files.write(root.resolve("data.json"), Json.writeBytes(bundle.data()));
    for (Map.Entry<String, String> source : bundle.sources().files().entrySet()) {
      Path file = root.resolve(source.getKey());
      Files.createDirectories(file.getParent());
      Files.writeString(file, source.getValue());
    }
  }

  Path folder() {
    return folder;
  }

  Path bundle() {
    return folder.resolve("bundle");
  }

  Path socket() {
    return folder.resolve("socket");
  }

  /** Removes it; what cannot be removed stays. */
  @Override
  public void close() {
    try (Stream<Path> all = Files.walk(folder)) {
      List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException e) {
      // It is in the system's folder for what may be removed.
    }
  }
}

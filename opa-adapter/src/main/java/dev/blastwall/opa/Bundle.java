package dev.blastwall.opa;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A bundle with a plan, as {@code opa build -t plan} writes it.
 *
 * @param revision what the manifest says; empty if it says nothing
 * @param plan the content of {@code plan.json}
 * @param data the content of all {@code data.json}, each under its folder
 */
public record Bundle(String revision, Value plan, ObjectValue data) {
  /**
   * Reads a bundle from a file; see {@link #read(InputStream)}.
   *
   * @throws BundleException also when the file cannot be read
   */
  public static Bundle read(Path file) throws BundleException {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in);
    } catch (IOException e) {
      throw new BundleException("the bundle " + file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Reads a bundle, a gzip-compressed tar archive, whose size, number of entries and shape are
   * limited.
   *
   * @throws BundleException when the archive is not a bundle with a plan that may be accepted
   */
  public static Bundle read(InputStream in) throws BundleException {
    return new BundleReader(BundleReader.MAX_ENTRIES, BundleReader.MAX_BYTES).read(in);
  }
}

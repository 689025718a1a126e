package dev.blastwall.opa.bundle;

import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * One bundle that is wanted.
 *
 * @param name letters, digits, dots, hyphens, underscores; names its folder on disk
 * @param source where it lives
 * @param polling how often to look
 * @param verification whether it must be signed
 * @param limits how much it may hold
 */
public record BundleConfig(
    String name,
    BundleSource source,
    Polling polling,
    Verification verification,
    BundleLimits limits) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}");

  public BundleConfig {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "the name of a bundle has only letters, digits, dots, hyphens, underscores");
    }
  }

  /** An unsigned bundle on this machine. */
  public static BundleConfig inFiles(String name, Path path) {
    return new BundleConfig(
        name,
        new BundleSource.InFiles(path),
        Polling.DEFAULT,
        new Verification.Unsigned(),
        BundleLimits.DEFAULT);
  }
}

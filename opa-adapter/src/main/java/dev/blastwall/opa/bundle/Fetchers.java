package dev.blastwall.opa.bundle;

import java.io.IOException;

/** Which fetcher serves which source. */
final class Fetchers {
  private Fetchers() {}

  static Fetcher of(BundleSource source, Verification verification, BundleLimits limits)
      throws IOException {
    return switch (source) {
      case BundleSource.InFiles files -> new FileFetcher(files, limits);
      case BundleSource.Http http -> new HttpFetcher(http, modes(verification), limits);
      case BundleSource.S3 s3 -> new S3Fetcher(s3, limits);
      case BundleSource.Oci oci -> new OciFetcher(oci, limits);
    };
  }

  /** A delta cannot be signed, so it is not asked for where it would be refused. */
  private static String modes(Verification verification) {
    return switch (verification) {
      case Verification.Unsigned() -> "snapshot,delta";
      case Verification.Signed ignored -> "snapshot";
    };
  }
}

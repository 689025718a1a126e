package dev.blastwall.opa.bundle;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Where a bundle lives. */
public sealed interface BundleSource {
  /**
   * On this machine, watched: the archive, or a folder with the files that would be in it. An
   * archive should be replaced by renaming a new one over it; one that is seen half written is
   * refused and read again when it is whole.
   */
  record InFiles(Path path) implements BundleSource {
    @Override
    public String toString() {
      return path.toString();
    }
  }

  /**
   * Behind an HTTP server that sends ETags, as OPA's bundle API has it.
   *
   * @param url of the archive
   * @param token sent as a bearer token
   * @param authorities certificates in PEM that are trusted for this server, instead of the JDK's
   */
  record Http(URI url, Optional<SecretRef> token, Optional<Path> authorities)
      implements BundleSource {
    @Override
    public String toString() {
      return ShownUrl.of(url);
    }
  }

  /**
   * An object in an S3-compatible store.
   *
   * @param endpoint URL of the store
   * @param region for the signature of requests
   * @param credentials else those of the environment, of AWS's configuration files or of the
   *     machine's role
   */
  record S3(
      URI endpoint, String region, String bucket, String key, Optional<S3Credentials> credentials)
      implements BundleSource {
    @Override
    public String toString() {
      return "s3://" + bucket + "/" + key;
    }
  }

  /** An access key and its secret. */
  record S3Credentials(String accessKey, SecretRef secretKey) {}

  /**
   * A layer of an artifact in an OCI registry (OCI Distribution Specification 1.1), as {@code
   * application/vnd.oci.image.layer.v1.tar+gzip}.
   *
   * @param registry URL of the registry, without path
   * @param repository for instance {@code policies/shop}
   * @param reference a tag or a digest
   * @param login for registries that ask for one
   * @param authorities as for {@link Http}
   */
  record Oci(
      URI registry,
      String repository,
      String reference,
      Optional<Login> login,
      Optional<Path> authorities)
      implements BundleSource {
    @Override
    public String toString() {
      return registry.getAuthority()
          + "/"
          + repository
          + (reference.contains(":") ? "@" : ":")
          + reference;
    }
  }

  /** A user and a password or token. */
  record Login(String user, SecretRef password) {}
}

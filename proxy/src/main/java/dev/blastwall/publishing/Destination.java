package dev.blastwall.publishing;

import java.net.URI;
import java.util.Map;

/** Where a bundle shall be. */
public sealed interface Destination {

  /** An object in an S3-compatible store. */
  record S3(URI endpoint, String region, String bucket, String object) implements Destination {
    @Override
    public String toString() {
      return "s3://" + bucket + "/" + object;
    }
  }

  /** A resource of a web server that takes PUT. */
  record Http(URI url) implements Destination {
    /** Without the query, which may hold a signature. */
    @Override
    public String toString() {
      return url.getScheme() + "://" + url.getAuthority() + url.getPath();
    }
  }

  /**
   * An artifact in an OCI registry.
   *
   * @param registry without path
   */
  record Oci(URI registry, String repository, String tag) implements Destination {
    @Override
    public String toString() {
      return "oci://" + registry.getAuthority() + "/" + repository + ":" + tag;
    }
  }

  /**
   * The one that a URL names: {@code s3://BUCKET/OBJECT}, {@code https://…} or {@code
   * oci://REGISTRY/REPOSITORY:TAG}. What is on this machine may do without TLS.
   *
   * @param environment says which store: AWS_ENDPOINT_URL and AWS_REGION, as AWS's tools have it
   * @throws PublishingException when it is none of them
   */
  static Destination of(String url, Map<String, String> environment) throws PublishingException {
    return new DestinationReader(environment).read(url);
  }
}

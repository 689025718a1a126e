package dev.blastwall.publishing;

import java.net.InetAddress;
import java.net.URI;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the URL of a destination. */
record DestinationReader(Map<String, String> environment) {

  /** OCI Distribution Specification 1.1, Pulling manifests. */
  private static final Pattern ARTIFACT =
      Pattern.compile("/([a-z0-9]+(?:[._/-]+[a-z0-9]+)*)(?::([a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}))?");

  Destination read(String text) throws PublishingException {
    URI url = url(text);
    return switch (String.valueOf(url.getScheme())) {
      case "s3" -> s3(url);
      case "https" -> new Destination.Http(url);
      case "http" -> http(url);
      case "oci" -> oci(url);
      default -> throw unknown();
    };
  }

  private static URI url(String text) throws PublishingException {
    try {
      URI url = URI.create(text);
      if (url.getAuthority() == null || url.getPath().length() < 2 || url.getUserInfo() != null) {
        throw unknown();
      }
      return url;
    } catch (IllegalArgumentException e) {
      throw unknown();
    }
  }

  /** Without the text, which may hold a secret. */
  private static PublishingException unknown() {
    return new PublishingException(
        "A bundle can be published to s3://BUCKET/OBJECT, https://HOST/PATH or"
            + " oci://REGISTRY/REPOSITORY:TAG, without a login in it; this is none of them.");
  }

  private Destination s3(URI url) throws PublishingException {
    String region = environment.getOrDefault("AWS_REGION", "us-east-1");
    String endpoint =
        environment.getOrDefault("AWS_ENDPOINT_URL", "https://s3." + region + ".amazonaws.com");
    try {
      return new Destination.S3(
          URI.create(endpoint), region, url.getAuthority(), url.getPath().substring(1));
    } catch (IllegalArgumentException e) {
      throw new PublishingException("AWS_ENDPOINT_URL is not the URL of a store.", e);
    }
  }

  private static Destination http(URI url) throws PublishingException {
    if (!isOnThisMachine(url)) {
      throw new PublishingException(
          "What is not on this machine is reached by https only, not by http.");
    }
    return new Destination.Http(url);
  }

  private static Destination oci(URI url) throws PublishingException {
    Matcher artifact = ARTIFACT.matcher(url.getPath());
    if (!artifact.matches()) {
      throw unknown();
    }
    String scheme = isOnThisMachine(url) ? "http://" : "https://";
    String tag = artifact.group(2) == null ? "latest" : artifact.group(2);
    return new Destination.Oci(URI.create(scheme + url.getAuthority()), artifact.group(1), tag);
  }

  private static boolean isOnThisMachine(URI url) {
    try {
      String host = String.valueOf(url.getHost());
      return host.equals("localhost") || InetAddress.ofLiteral(host).isLoopbackAddress();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}

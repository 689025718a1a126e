package dev.blastwall.opa.bundle;

import java.net.URI;

/**
 * A URL as it may stand in a log or a status: where something is, without what lets one in. The
 * query of a presigned URL and the user of {@code https://user:password@host/} are secrets.
 */
public final class ShownUrl {
  private ShownUrl() {}

  /** Scheme, host, port and path of {@code url}. */
  public static String of(URI url) {
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    return url.getScheme() + "://" + url.getHost() + port + url.getRawPath();
  }
}

package dev.blastwall.opa.sidecar;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;

/** Where an OPA answers. It must be on this machine: nobody may change answers on their way. */
public sealed interface OpaAddress {
  /** A Unix domain socket. */
  record UnixSocket(Path path) implements OpaAddress {
    @Override
    public String toString() {
      return "unix://" + path;
    }
  }

  /** A TCP port of this machine; {@code url} has neither path nor query. */
  record Tcp(URI url) implements OpaAddress {
    @Override
    public String toString() {
      return url.toString();
    }
  }

  /**
   * Reads an address as OPA's {@code --addr} and clients of OPA write it: {@code
   * unix:///run/opa.sock} or {@code http://127.0.0.1:8181}.
   *
   * @throws IllegalArgumentException when it is neither
   */
  static OpaAddress parse(String text) {
    URI uri = URI.create(text);
    boolean local = uri.getHost() == null;
    if ("unix".equals(uri.getScheme()) && local && !isRoot(uri)) {
      return new UnixSocket(Path.of(uri.getPath()));
    }
    if ("http".equals(uri.getScheme()) && !local && isLoopback(uri.getHost()) && isRoot(uri)) {
      return new Tcp(uri);
    }
    throw new IllegalArgumentException(
        "must be a Unix socket or a port of this machine: unix:///run/opa.sock or http://127.0.0.1:8181");
  }

  private static boolean isRoot(URI uri) {
    String path = uri.getPath();
    return uri.getQuery() == null
        && uri.getUserInfo() == null
        && (path == null || path.isEmpty() || path.equals("/"));
  }

  private static boolean isLoopback(String host) {
    String literal = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    try {
      return host.equals("localhost") || InetAddress.ofLiteral(literal).isLoopbackAddress();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}

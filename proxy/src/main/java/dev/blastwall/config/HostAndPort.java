package dev.blastwall.config;

import dev.blastwall.protocol.Upstream;
import dev.blastwall.yaml.Parsers;
import org.jspecify.annotations.Nullable;

/**
 * One of several hosts, as an URL has it (RFC 3986, section 3.2.2): {@code db1}, {@code db1:5433},
 * {@code [2001:db8::1]:5433}.
 *
 * @param port null where none is named
 */
record HostAndPort(String host, @Nullable Integer port) {

  static HostAndPort parse(String text) {
    Parsers.TEXT.parse(text);
    return text.startsWith("[") ? literal(text) : named(text);
  }

  private static HostAndPort literal(String text) {
    int end = text.indexOf(']');
    if (end < 0) {
      throw new IllegalArgumentException("must be an address of IPv6 in brackets");
    }
    return of(text.substring(1, end), text.substring(end + 1));
  }

  private static HostAndPort named(String text) {
    int colon = text.indexOf(':');
    if (colon != text.lastIndexOf(':')) {
      throw new IllegalArgumentException("must have an address of IPv6 in brackets");
    }
    return colon < 0
        ? new HostAndPort(text, null)
        : of(text.substring(0, colon), text.substring(colon));
  }

  private static HostAndPort of(String host, String behind) {
    if (host.isEmpty() || !behind.isEmpty() && !behind.startsWith(":")) {
      throw new IllegalArgumentException("must be a host, or a host and a port");
    }
    return new HostAndPort(host, behind.isEmpty() ? null : Parsers.PORT.parse(behind.substring(1)));
  }

  Upstream.Address address(int otherwise) {
    return new Upstream.Address(host, port == null ? otherwise : port);
  }
}

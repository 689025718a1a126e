package dev.blastwall.cli;

import dev.blastwall.protocol.Secret;
import dev.blastwall.protocol.Upstream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** Reads {@code postgresql://user:password@host:port/database}. */
final class UpstreamUrl {

  private static final int DEFAULT_PORT = 5432;
  private static final String FORM =
      "--upstream must be postgresql://user:password@host:port/database, with ?sslmode=verify-full"
          + " when the database is not on this machine.";

  private UpstreamUrl() {}

  static Upstream parse(String text) {
    try {
      return parse(new URI(text));
    } catch (URISyntaxException e) {
      // The cause would show the password.
      throw wrong();
    }
  }

  private static Upstream parse(URI url) {
    String credentials = url.getRawUserInfo();
    int colon = credentials == null ? -1 : credentials.indexOf(':');
    if (!"postgresql".equals(url.getScheme())
        || credentials == null
        || colon < 1
        || url.getHost() == null
        || url.getPath().length() < 2) {
      throw wrong();
    }
    return new Upstream(
        url.getHost(),
        url.getPort() < 0 ? DEFAULT_PORT : url.getPort(),
        decode(credentials.substring(0, colon)),
        new Secret(decode(credentials.substring(colon + 1))),
        url.getPath().substring(1),
        tls(url.getQuery()),
        null);
  }

  private static Upstream.Tls tls(String query) {
    return switch (query) {
      case null -> Upstream.Tls.DISABLE;
      case "sslmode=disable" -> Upstream.Tls.DISABLE;
      case "sslmode=verify-full" -> Upstream.Tls.VERIFY_FULL;
      default -> throw wrong();
    };
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static CommandFailure wrong() {
    return new CommandFailure(2, FORM);
  }
}

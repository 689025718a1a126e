package dev.blastwall.opa.builtin;

import java.util.regex.Pattern;

/** The authority of a URL, {@code [user[:password]@]host[:port]}, by the rules of Go. */
final class UrlHost {
  private static final Pattern PORT = Pattern.compile("(:[0-9]*)?");
  private static final Pattern USER = Pattern.compile("[A-Za-z0-9\\-._:~!$&'()*+,;=%@]*");

  private UrlHost() {}

  /** The host and port, decoded. */
  static String parse(String scheme, String authority) {
    int at = authority.lastIndexOf('@');
    String host = parseHost(scheme, authority.substring(at + 1));
    if (at >= 0) {
      String user = authority.substring(0, at);
      if (!USER.matcher(user).matches()) {
        throw BuiltinFailure.failed("net/url: invalid userinfo");
      }
      UrlEscapes.unescape(user, UrlEscapes.Part.USER);
    }
    return host;
  }

  private static String parseHost(String scheme, String host) {
    int bracket = host.lastIndexOf('[');
    if (bracket > 0) {
      throw BuiltinFailure.failed("invalid IP-literal");
    }
    if (bracket == 0) {
      return parseLiteral(host);
    }
    int colon = host.indexOf(':');
    if (colon >= 0) {
      // Outside of HTTP, several hosts with ports may stand in a list.
      boolean isHttp = scheme.equals("http") || scheme.equals("https");
      requirePort(host.substring(isHttp ? colon : host.lastIndexOf(':')));
    }
    return UrlEscapes.unescape(host, UrlEscapes.Part.HOST);
  }

  private static void requirePort(String colonPort) {
    if (!PORT.matcher(colonPort).matches()) {
      throw BuiltinFailure.failed("invalid port " + RegoText.quoted(colonPort) + " after host");
    }
  }

  /** An IPv6 address in brackets; its zone stands behind an encoded percent sign (RFC 6874). */
  private static String parseLiteral(String host) {
    int close = host.lastIndexOf(']');
    if (close < 0) {
      throw BuiltinFailure.failed("missing ']' in host");
    }
    requirePort(host.substring(close + 1));
    String inside = host.substring(1, close);
    int zone = inside.indexOf("%25");
    String address =
        UrlEscapes.unescape(zone < 0 ? inside : inside.substring(0, zone), UrlEscapes.Part.HOST);
    String zoneText =
        zone < 0 ? "" : UrlEscapes.unescape(inside.substring(zone), UrlEscapes.Part.ZONE);
    boolean valid = address.indexOf(':') >= 0 && IpNetwork.ofAddress(address) != null;
    if (!valid || zoneText.equals("%")) {
      throw BuiltinFailure.failed("invalid host: unable to parse IP");
    }
    return "[" + address + zoneText + "]" + host.substring(close + 1);
  }
}

package dev.blastwall.opa.builtin;

import java.util.Locale;

/**
 * A URL reference as Go's {@code net/url} reads it, which is more lenient than {@link java.net.URI}
 * and stricter about hosts.
 *
 * @param scheme in lower case; empty if there is none
 * @param host host and port, decoded
 * @param path decoded
 * @param rawPath as it was written, unless encoding the path gives just that; then empty
 * @param rawQuery without the question mark
 * @param fragment decoded
 */
record GoUrl(
    String scheme, String host, String path, String rawPath, String rawQuery, String fragment) {

  /** Reads a reference or fails. */
  static GoUrl parse(String text) {
    int hash = text.indexOf('#');
    String before = hash < 0 ? text : text.substring(0, hash);
    String fragment = hash < 0 ? "" : text.substring(hash + 1);
    try {
      return parse(before, UrlEscapes.unescape(fragment, UrlEscapes.Part.FRAGMENT));
    } catch (BuiltinFailure e) {
      throw BuiltinFailure.failed("parse " + RegoText.quoted(before) + ": " + e.getMessage());
    }
  }

  private static GoUrl parse(String text, String fragment) {
    if (text.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
      throw BuiltinFailure.failed("net/url: invalid control character in URL");
    }
    if (text.equals("*")) {
      return new GoUrl("", "", "*", "", "", fragment);
    }
    int colon = schemeEnd(text);
    String scheme = text.substring(0, Math.max(0, colon)).toLowerCase(Locale.ROOT);
    String rest = text.substring(colon + 1);
    int mark = rest.indexOf('?');
    String query = mark < 0 ? "" : rest.substring(mark + 1);
    String hierarchy = mark < 0 ? rest : rest.substring(0, mark);
    if (!hierarchy.startsWith("/") && !scheme.isEmpty()) {
      return new GoUrl(scheme, "", "", "", query, fragment);
    }
    if (!hierarchy.startsWith("/") && firstSegment(hierarchy).contains(":")) {
      throw BuiltinFailure.failed("first path segment in URL cannot contain colon");
    }
    boolean hasAuthority =
        hierarchy.startsWith("//") && (!scheme.isEmpty() || !hierarchy.startsWith("///"));
    int pathStart = hasAuthority ? authorityEnd(hierarchy) : 0;
    String host = hasAuthority ? UrlHost.parse(scheme, hierarchy.substring(2, pathStart)) : "";
    String written = hierarchy.substring(pathStart);
    String path = UrlEscapes.unescape(written, UrlEscapes.Part.PATH);
    boolean isDefault = UrlEscapes.escape(path, UrlEscapes.Part.PATH).equals(written);
    return new GoUrl(scheme, host, path, isDefault ? "" : written, query, fragment);
  }

  private static String firstSegment(String path) {
    int slash = path.indexOf('/');
    return slash < 0 ? path : path.substring(0, slash);
  }

  private static int authorityEnd(String hierarchy) {
    int slash = hierarchy.indexOf('/', 2);
    return slash < 0 ? hierarchy.length() : slash;
  }

  /** Where the colon behind the scheme stands; -1 if there is no scheme. */
  private static int schemeEnd(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      boolean isOther = (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
      if (c == ':' && i == 0) {
        throw BuiltinFailure.failed("missing protocol scheme");
      }
      if (c == ':') {
        return i;
      }
      if (!isLetter && !(isOther && i > 0)) {
        return -1;
      }
    }
    return -1;
  }

  /** The path as it was written, if that is a valid encoding of it. */
  String escapedPath() {
    if (!rawPath.isEmpty() && UrlEscapes.isEncodedPath(rawPath)) {
      return rawPath;
    }
    return path.equals("*") ? "*" : UrlEscapes.escape(path, UrlEscapes.Part.PATH);
  }

  /** The host without port and brackets. */
  String hostname() {
    String name = host.substring(0, portColon());
    return name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
  }

  /** The port without its colon; empty if there is none. */
  String port() {
    int colon = portColon();
    return colon == host.length() ? "" : host.substring(colon + 1);
  }

  private int portColon() {
    int colon = host.lastIndexOf(':');
    boolean isPort =
        colon >= 0 && host.substring(colon + 1).chars().allMatch(c -> c >= '0' && c <= '9');
    return isPort ? colon : host.length();
  }
}

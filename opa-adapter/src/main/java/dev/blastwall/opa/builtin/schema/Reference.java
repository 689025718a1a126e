package dev.blastwall.opa.builtin.schema;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * A URI reference (RFC 3986, section 4.1) to a schema.
 *
 * @param base all up to the number sign
 * @param fragment what is behind it, decoded: a JSON Pointer or a name
 */
record Reference(String base, String fragment) {
  /** The document that the policy gave. */
  static final Reference ROOT = new Reference("", "");

  private static final URI TOP = URI.create("/");

  static Reference parse(String text) {
    int hash = text.indexOf('#');
    String base = hash < 0 ? text : text.substring(0, hash);
    try {
      return new Reference(new URI(base).toString(), decode(text.substring(hash + 1), hash));
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw new SchemaException("parse \"" + text + "\": " + e.getMessage());
    }
  }

  private static String decode(String fragment, int hash) {
    // A plus is itself here, while in a form, which the decoder is for, it is a space.
    return hash < 0 ? "" : URLDecoder.decode(fragment.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** What a reference that stands in a schema with this one as its base means. */
  Reference resolve(Reference child) {
    if (child.base.isEmpty()) {
      return new Reference(base, child.fragment);
    }
    URI from = base.isEmpty() ? TOP : URI.create(base);
    return new Reference(from.resolve(child.base).toString(), child.fragment);
  }

  /** Whether it says by itself where its document is. */
  boolean isCanonical() {
    URI uri = URI.create(base);
    boolean isFile = "file".equals(uri.getScheme());
    return isFile ? base.contains("/") : uri.getScheme() != null && uri.getHost() != null;
  }

  Reference document() {
    return new Reference(base, "");
  }

  @Override
  public String toString() {
    return fragment.isEmpty() ? base : base + "#" + fragment;
  }
}

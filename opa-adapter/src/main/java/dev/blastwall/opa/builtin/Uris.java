package dev.blastwall.opa.builtin;

import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;

/** URIs. */
final class Uris {
  private Uris() {}

  static void register(Builtins.Registry registry) {
    registry.unary("uri.parse", (context, text) -> describe(GoUrl.parse(Operands.string(text, 1))));
    registry.unary("uri.is_valid", (context, text) -> Value.of(isValid(text)));
  }

  private static Value describe(GoUrl url) {
    ObjectValue parts = new ObjectValue(8);
    put(parts, "scheme", url.scheme());
    put(parts, "hostname", url.hostname());
    put(parts, "port", url.port());
    put(parts, "path", url.path());
    put(parts, "raw_path", url.rawPath().isEmpty() ? url.path() : url.rawPath());
    put(parts, "raw_query", url.rawQuery());
    put(parts, "fragment", url.fragment());
    return parts;
  }

  private static void put(ObjectValue parts, String name, String part) {
    if (!part.isEmpty()) {
      parts.put(name, part);
    }
  }

  /** The empty reference is one by RFC 3986, but not to OPA. */
  private static boolean isValid(Value text) {
    if (!(text instanceof StringValue string) || string.text().isEmpty()) {
      return false;
    }
    try {
      GoUrl.parse(string.text());
      return true;
    } catch (BuiltinFailure e) {
      return false;
    }
  }
}

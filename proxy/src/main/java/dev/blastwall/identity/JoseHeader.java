package dev.blastwall.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.blastwall.identity.Verification.Reason;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The header parameters that matter (RFC 7515, section 4.1). Those that bring a key along ({@code
 * jwk}, {@code jku}, {@code x5u}, {@code x5c}) are not even read: keys come from the issuer.
 *
 * @param algorithm {@code alg}, as it stands there
 * @param keyId {@code kid}
 */
record JoseHeader(String algorithm, @Nullable String keyId) {

  /**
   * Each changes how the rest would have to be read: extensions, RFC 7797, compression, nesting.
   */
  private static final List<String> UNSUPPORTED = List.of("crit", "b64", "zip", "cty");

  private static final Set<String> ACCESS_TOKEN_TYPES =
      Set.of("jwt", "at+jwt", "application/at+jwt");

  static JoseHeader read(ObjectNode header) throws Rejection {
    if (header.has("enc")) {
      throw new Rejection(Reason.ENCRYPTED, "The token is encrypted, not only signed.");
    }
    for (String name : UNSUPPORTED) {
      if (header.has(name)) {
        throw new Rejection(Reason.UNSUPPORTED_HEADER, "The token's header has \"" + name + "\".");
      }
    }
    checkType(text(header, "typ"));
    String algorithm = text(header, "alg");
    if (algorithm == null) {
      throw new Rejection(Reason.MALFORMED, "The token's header names no algorithm.");
    }
    return new JoseHeader(algorithm, text(header, "kid"));
  }

  private static void checkType(@Nullable String type) throws Rejection {
    if (type != null && !ACCESS_TOKEN_TYPES.contains(type.toLowerCase(Locale.ROOT))) {
      throw new Rejection(
          Reason.WRONG_TOKEN_TYPE, "The token's header says that it is no access token.");
    }
  }

  private static @Nullable String text(ObjectNode header, String name) throws Rejection {
    JsonNode value = header.get(name);
    if (value == null || value.isTextual()) {
      return value == null ? null : value.textValue();
    }
    throw new Rejection(Reason.MALFORMED, "The token's header has a \"" + name + "\" of no text.");
  }
}

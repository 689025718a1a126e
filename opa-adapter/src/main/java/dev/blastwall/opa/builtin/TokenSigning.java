package dev.blastwall.opa.builtin;

import dev.blastwall.opa.Json;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes signed tokens. */
final class TokenSigning {
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private TokenSigning() {}

  /** The token of a header and payload, each as its JSON text, signed by the first key. */
  static Value sign(String header, String payload, String jwks) {
    List<TokenKey> keys = TokenKey.readJwks(jwks);
    if (keys.isEmpty()) {
      throw BuiltinFailure.failed("no keys found in JWK set");
    }
    ObjectValue parameters = parameters(header);
    TokenAlgorithm algorithm = algorithm(parameters);
    boolean isToken =
        !(parameters.get("typ") instanceof StringValue type) || type.text().equals("JWT");
    if (isToken && json(payload) == null) {
      throw BuiltinFailure.failed("type is JWT but payload is not JSON");
    }
    String signed = encode(utf8(header)) + "." + encode(utf8(payload));
    TokenKey key = keys.getFirst();
    if (key.signer() == null) {
      throw BuiltinFailure.failed("the key has no private part");
    }
    return Value.of(signed + "." + encode(algorithm.sign(key.signer(), utf8(signed))));
  }

  private static ObjectValue parameters(String header) {
    if (header.isEmpty()) {
      throw algorithmMissing("cannot parse JSON: cannot parse empty string");
    }
    Value value = json(header);
    if (value == null && header.startsWith("{")) {
      throw algorithmMissing("cannot parse JSON: the text is not JSON");
    }
    return value instanceof ObjectValue object ? object : new ObjectValue(0);
  }

  private static TokenAlgorithm algorithm(ObjectValue header) {
    if (!(header.get("alg") instanceof StringValue name)) {
      throw algorithmMissing("jwsbb: header \"alg\" not found");
    }
    TokenAlgorithm algorithm = TokenAlgorithm.find(name.text());
    if (algorithm == null) {
      throw BuiltinFailure.failed("unknown JWS algorithm: " + name.text());
    }
    return algorithm;
  }

  private static BuiltinFailure algorithmMissing(String why) {
    return BuiltinFailure.failed("missing or invalid 'alg' header: " + why);
  }

  private static @Nullable Value json(String text) {
    try {
      return Json.read(text);
    } catch (IOException e) {
      return null;
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String encode(byte[] bytes) {
    return BASE64.encodeToString(bytes);
  }
}

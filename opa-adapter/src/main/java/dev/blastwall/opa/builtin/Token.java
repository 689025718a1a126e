package dev.blastwall.opa.builtin;

import dev.blastwall.opa.Json;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** A signed token in compact form (RFC 7515): three parts in base64url. */
record Token(String header, String payload, String signature) {
  static Token parse(String text) {
    if (!text.contains(".")) {
      throw BuiltinFailure.failed("encoded JWT had no period separators");
    }
    String[] parts = text.split("\\.", -1);
    if (parts.length != 3) {
      throw BuiltinFailure.failed("encoded JWT must have 3 sections, found " + parts.length);
    }
    return new Token(parts[0], parts[1], parts[2]);
  }

  /** What is signed. */
  byte[] signed() {
    return (header + "." + payload).getBytes(StandardCharsets.UTF_8);
  }

  ObjectValue decodedHeader() {
    byte[] json = named("JWT header had invalid encoding", () -> GoBase64.decodeUrl(header));
    ObjectValue decoded = named("bad JWT header", () -> object(json));
    if (decoded.get("enc") != null) {
      throw BuiltinFailure.failed("JWT is a JWE object, which is not supported");
    }
    return decoded;
  }

  byte[] decodedPayload() {
    return named("JWT payload had invalid encoding", () -> GoBase64.decodeUrl(payload));
  }

  private static <T> T named(String what, Supplier<T> work) {
    try {
      return work.get();
    } catch (BuiltinFailure e) {
      throw BuiltinFailure.failed(what + ": " + e.getMessage());
    }
  }

  byte[] namedSignature() {
    return named("JWT signature had invalid encoding", this::decodedSignature);
  }

  byte[] decodedSignature() {
    return GoBase64.decodeUrl(signature);
  }

  static ObjectValue object(byte[] json) {
    Value value;
    try {
      value = Json.read(json);
    } catch (IOException e) {
      throw BuiltinFailure.failed("invalid JSON: the text is not JSON");
    }
    if (value instanceof ObjectValue object) {
      return object;
    }
    throw BuiltinFailure.failed("decoded JSON type was not an Object");
  }
}

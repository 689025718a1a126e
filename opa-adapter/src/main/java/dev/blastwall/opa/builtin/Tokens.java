package dev.blastwall.opa.builtin;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;

/** Signed tokens (RFC 7515, RFC 7519). */
final class Tokens {
  private static final int MAX_NESTING = 16;

  private Tokens() {}

  static void register(Builtins.Registry registry) {
    registry.unary("io.jwt.decode", (context, token) -> decode(Operands.string(token, 1), 0));
    for (TokenAlgorithm algorithm : TokenAlgorithm.values()) {
      registry.binary(
          "io.jwt.verify_" + algorithm.builtinSuffix(),
          (context, token, key) -> {
            Token parsed = Token.parse(Operands.string(token, 1));
            String keyText = Operands.string(key, 2);
            return Value.of(
                algorithm.isMac()
                    ? verifyMac(algorithm, parsed, keyText)
                    : verify(algorithm, parsed, TokenKey.read(keyText)));
          });
    }
    registry.binary("io.jwt.decode_verify", TokenConstraints::decodeVerify);
    registry.ternary(
        "io.jwt.encode_sign",
        (context, headers, payload, key) ->
            TokenSigning.sign(
                Encodings.goJson(headers), Encodings.goJson(payload), Encodings.goJson(key)));
    registry.ternary(
        "io.jwt.encode_sign_raw",
        (context, headers, payload, key) ->
            TokenSigning.sign(
                Operands.string(headers, 1), Operands.string(payload, 2), Operands.string(key, 3)));
    registry.nondeterministic(
        "io.jwt.decode_verify", "io.jwt.encode_sign", "io.jwt.encode_sign_raw");
  }

  /** Header, payload and signature in hexadecimal; of a token within a token, the inner one's. */
  private static Value decode(String text, int depth) {
    Token token = Token.parse(text);
    ObjectValue header = token.decodedHeader();
    byte[] payload = token.decodedPayload();
    if (header.get("cty") instanceof StringValue type
        && type.text().equals("JWT")
        && depth < MAX_NESTING) {
      String inner = new String(payload, StandardCharsets.UTF_8);
      return decode(inner.replaceAll("^[\"']+|[\"']+$", ""), depth + 1);
    }
    ObjectValue claims = Token.object(payload);
    return ArrayValue.of(
        header, claims, Value.of(HexFormat.of().formatHex(token.namedSignature())));
  }

  private static boolean verifyMac(TokenAlgorithm algorithm, Token token, String secret) {
    return algorithm.verify(secretKey(secret), token.signed(), token.decodedSignature());
  }

  static SecretKeySpec secretKey(String secret) {
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    // The JDK takes no empty key; one zero byte is the same key by RFC 2104.
    return new SecretKeySpec(bytes.length == 0 ? new byte[1] : bytes, "HMAC");
  }

  private static boolean verify(TokenAlgorithm algorithm, Token token, List<TokenKey> keys) {
    byte[] signature = token.decodedSignature();
    TokenHeader header = TokenHeader.of(token.decodedHeader());
    return candidates(header, keys).stream()
        .filter(key -> key.key() == key.signer() || key.signer() == null)
        .anyMatch(key -> algorithm.verify(key.key(), token.signed(), signature));
  }

  /** The key that the header names, or else every key that is not for another algorithm. */
  static List<TokenKey> candidates(TokenHeader header, List<TokenKey> keys) {
    List<TokenKey> named =
        keys.stream()
            .filter(key -> !header.keyId().isEmpty() && header.keyId().equals(key.id()))
            .limit(1)
            .toList();
    return named.isEmpty()
        ? keys.stream()
            .filter(key -> key.algorithm() == null || key.algorithm().equals(header.algorithm()))
            .toList()
        : named;
  }
}

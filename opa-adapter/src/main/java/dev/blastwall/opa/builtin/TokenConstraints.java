package dev.blastwall.opa.builtin;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.NumberValue;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code io.jwt.decode_verify}: what a token must meet. An empty text is no constraint, except that
 * a token for an audience is for nobody without one.
 *
 * @param keys that may have signed it; null if there is a secret
 * @param seconds the time that counts as now, since 1970
 */
record TokenConstraints(
    @Nullable List<TokenKey> keys,
    String secret,
    String algorithm,
    String issuer,
    String audience,
    BigDecimal seconds) {
  private static final int MAX_NESTING = 16;
  private static final List<String> NAMES = List.of("cert", "secret", "alg", "iss", "aud", "time");

  static Value decodeVerify(EvaluationContext context, Value token, Value constraints) {
    TokenConstraints wanted = of(Operands.object(constraints, 2), context.now());
    return wanted.verify(Operands.string(token, 1), 0);
  }

  private static TokenConstraints of(ObjectValue object, NumberValue now) {
    for (int i = 0; i < object.size(); i++) {
      if (!(object.sortedKeyAt(i) instanceof StringValue name) || !NAMES.contains(name.text())) {
        throw BuiltinFailure.failed(
            "unknown token validation constraint: " + RegoText.plain(object.sortedKeyAt(i)));
      }
    }
    Value time = object.get("time");
    String cert = text(object, "cert");
    TokenConstraints constraints =
        new TokenConstraints(
            object.get("cert") == null ? null : TokenKey.read(cert),
            text(object, "secret"),
            text(object, "alg"),
            text(object, "iss"),
            text(object, "aud"),
            seconds(time == null ? now : time));
    constraints.requireOneKey();
    return constraints;
  }

  private static String text(ObjectValue object, String name) {
    Value value = object.get(name);
    if (value == null) {
      return "";
    }
    if (value instanceof StringValue string) {
      return string.text();
    }
    throw BuiltinFailure.failed(name + " constraint: must be a string");
  }

  /** As a binary fraction, as OPA computes it. */
  private static BigDecimal seconds(Value nanos) {
    if (!(nanos instanceof NumberValue number)) {
      throw BuiltinFailure.failed("token time constraint: must be a number");
    }
    double approximate = number.toDecimal().doubleValue();
    if (Double.isInfinite(approximate)) {
      throw BuiltinFailure.failed("token time constraint: unvalid float64");
    }
    if (approximate < 0) {
      throw BuiltinFailure.failed("token time constraint: must not be negative");
    }
    return new BigDecimal(Double.toString(approximate / 1_000_000_000));
  }

  private void requireOneKey() {
    if (keys != null && !secret.isEmpty()) {
      throw BuiltinFailure.failed("duplicate key constraints");
    }
    if (keys == null && secret.isEmpty()) {
      throw BuiltinFailure.failed("no key constraint");
    }
  }

  private static Value unverified() {
    return ArrayValue.of(Value.of(false), new ObjectValue(0), new ObjectValue(0));
  }

  private Value verify(String text, int depth) {
    Token token = Token.parse(text);
    ObjectValue decoded = token.decodedHeader();
    TokenHeader header = TokenHeader.of(decoded);
    boolean hasAlgorithm = algorithm.isEmpty() || algorithm.equals(header.algorithm());
    if (!header.valid() || !hasAlgorithm || !isSigned(token, header)) {
      return unverified();
    }
    byte[] payload = token.decodedPayload();
    if (header.contentType().equalsIgnoreCase("JWT")) {
      if (depth == MAX_NESTING) {
        throw BuiltinFailure.failed("tokens are nested too deep");
      }
      return verify(new String(payload, StandardCharsets.UTF_8), depth + 1);
    }
    ObjectValue claims = Token.object(payload);
    return isMetBy(claims) ? ArrayValue.of(Value.of(true), decoded, claims) : unverified();
  }

  private boolean isSigned(Token token, TokenHeader header) {
    byte[] signature = token.decodedSignature();
    TokenAlgorithm used = TokenAlgorithm.find(header.algorithm());
    if (used == null) {
      return false;
    }
    if (keys == null) {
      return used.verify(Tokens.secretKey(secret), token.signed(), signature);
    }
    return Tokens.candidates(header, keys).stream()
        .anyMatch(key -> used.verify(key.key(), token.signed(), signature));
  }

  private boolean isMetBy(ObjectValue claims) {
    boolean hasIssuer = issuer.isEmpty() || Value.of(issuer).equals(claims.get("iss"));
    return hasIssuer && isFor(claims.get("aud")) && isInTime(claims);
  }

  private boolean isFor(@Nullable Value claim) {
    return switch (claim) {
      case null -> audience.isEmpty();
      case StringValue string -> string.text().equals(audience);
      case ArrayValue array -> array.asList().contains(Value.of(audience));
      default -> false;
    };
  }

  private boolean isInTime(ObjectValue claims) {
    Value expires = claims.get("exp");
    if (expires != null && seconds.compareTo(number(expires, "exp")) >= 0) {
      return false;
    }
    Value begins = claims.get("nbf");
    return begins == null || seconds.compareTo(number(begins, "nbf")) >= 0;
  }

  private static BigDecimal number(Value claim, String name) {
    if (claim instanceof NumberValue number) {
      return number.toDecimal();
    }
    throw BuiltinFailure.failed(name + " value must be a number");
  }
}

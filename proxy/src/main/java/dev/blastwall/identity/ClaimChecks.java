package dev.blastwall.identity;

import com.fasterxml.jackson.databind.JsonNode;
import dev.blastwall.identity.Verification.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a token of a trusted issuer is an access token, for us, and for now. */
final class ClaimChecks {

  /** 9999-12-31T23:59:59Z: what lies beyond is no date but an attack. */
  private static final long MAX_SECONDS = 253_402_300_799L;

  /**
   * Members of ID tokens (OpenID Connect Core 1.0, sections 2 and 3.1.3.6) and of logout tokens
   * (Back-Channel Logout 1.0, section 2.4), never of access tokens.
   */
  private static final List<String> OTHER_TOKENS = List.of("nonce", "at_hash", "c_hash", "events");

  private final TrustedIssuer issuer;
  private final Instant now;

  ClaimChecks(TrustedIssuer issuer, Instant now) {
    this.issuer = issuer;
    this.now = now;
  }

  /** Checks them all and says when the proof ends. */
  Instant check(JsonNode claims) throws Rejection {
    checkTokenType(claims);
    checkAudience(claims.path("aud"));
    return checkTimes(claims);
  }

  private static void checkTokenType(JsonNode claims) throws Rejection {
    for (String name : OTHER_TOKENS) {
      if (claims.has(name)) {
        throw wrongType("The token is no access token: it has \"" + name + "\".");
      }
    }
    // Keycloak says in a claim what others say in the header: Bearer, ID, Refresh, Logout.
    JsonNode type = claims.path("typ");
    if (!type.isMissingNode() && !"Bearer".equals(type.textValue())) {
      throw wrongType("The token's claims say that it is no access token.");
    }
    if (claims.has("cnf")) {
      throw new Rejection(
          Reason.SENDER_CONSTRAINED, "The token is bound to a key that cannot be shown here.");
    }
  }

  private static Rejection wrongType(String message) {
    return new Rejection(Reason.WRONG_TOKEN_TYPE, message);
  }

  /** RFC 7519, section 4.1.3: a string or an array of strings; equality, never a part of it. */
  private void checkAudience(JsonNode audience) throws Rejection {
    if (audience.isMissingNode()) {
      throw new Rejection(Reason.MISSING_CLAIM, "The token has no audience.");
    }
    List<JsonNode> named = audience.isArray() ? audience.valueStream().toList() : List.of(audience);
    if (!named.stream().allMatch(JsonNode::isTextual)) {
      throw new Rejection(Reason.MALFORMED, "The token's audience is not text.");
    }
    if (named.stream().map(JsonNode::textValue).noneMatch(issuer.audiences()::contains)) {
      throw new Rejection(
          Reason.WRONG_AUDIENCE.because("The token is meant for another audience."));
    }
  }

  private Instant checkTimes(JsonNode claims) throws Rejection {
    Instant expiry = date(claims, "exp");
    if (expiry == null) {
      throw new Rejection(Reason.MISSING_CLAIM, "The token has no expiry.");
    }
    Instant end = expiry.plus(issuer.clockSkew());
    if (!now.isBefore(end)) {
      throw new Rejection(Reason.EXPIRED, "The token has expired.");
    }
    Instant issued = checkBegun(date(claims, "iat"));
    checkBegun(date(claims, "nbf"));
    checkLifetime(issued == null ? now : issued, expiry);
    return end;
  }

  private @Nullable Instant checkBegun(@Nullable Instant begin) throws Rejection {
    if (begin != null && begin.isAfter(now.plus(issuer.clockSkew()))) {
      throw new Rejection(Reason.NOT_YET_VALID, "The token is not valid yet.");
    }
    return begin;
  }

  private void checkLifetime(Instant begin, Instant expiry) throws Rejection {
    if (Duration.between(begin, expiry).compareTo(issuer.maxLifetime()) > 0) {
      throw new Rejection(
          Reason.LIFETIME_TOO_LONG, "The token is valid for longer than this gateway accepts.");
    }
  }

  /** RFC 7519, section 2, NumericDate; only whole seconds, which every issuer sends. */
  private static @Nullable Instant date(JsonNode claims, String name) throws Rejection {
    JsonNode value = claims.get(name);
    if (value == null) {
      return null;
    }
    boolean whole = value.isIntegralNumber() && value.canConvertToLong();
    if (!whole || value.longValue() < 0 || value.longValue() > MAX_SECONDS) {
      throw new Rejection(
          Reason.MALFORMED, "The token's " + name + " is no date in whole seconds.");
    }
    return Instant.ofEpochSecond(value.longValue());
  }
}

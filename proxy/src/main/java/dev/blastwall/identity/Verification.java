package dev.blastwall.identity;

import dev.blastwall.command.Principal;
import java.time.Instant;
import java.util.Locale;

/** What a token or a certificate proves. */
public sealed interface Verification {

  /**
   * It proves who asks.
   *
   * @param principal who
   * @param expires when the proof ends: the token's {@code exp} with the issuer's clock skew, or
   *     when the certificate does
   */
  record Identified(Principal principal, Instant expires) implements Verification {}

  /**
   * It proves nothing.
   *
   * @param reason why, for the record
   * @param message why, for a human; one sentence, nothing from the token
   * @param advice what to do, one sentence
   */
  record Rejected(Reason reason, String message, String advice) implements Verification {}

  /** Why a token was rejected. */
  enum Reason {
    /** Not a JWT in its one canonical form, or a claim of the wrong type. */
    MALFORMED("Pass the token exactly as its issuer gave it, whole and unchanged."),
    /** Encrypted or nested, where a signed token is expected. */
    ENCRYPTED("Ask the issuer for a signed access token."),
    /** A header parameter that changes how the token would have to be read. */
    UNSUPPORTED_HEADER("Ask the issuer for a plain signed access token."),
    /** No trusted issuer has exactly this name. */
    UNTRUSTED_ISSUER("Get a token from an issuer that this gateway trusts."),
    /** The issuer may not sign in this way. */
    ALGORITHM_NOT_ALLOWED("Let the issuer sign with an algorithm that this gateway allows."),
    /** The issuer publishes no such key. */
    UNKNOWN_KEY("Get a fresh token; the issuer may have changed its keys."),
    /** The signature is not the issuer's. */
    BAD_SIGNATURE("Get a fresh token from the issuer."),
    /** Meant for somebody else. */
    WRONG_AUDIENCE("Ask the issuer for a token with this gateway's audience."),
    /** Too late. */
    EXPIRED("Get a fresh token and connect again."),
    /** Too early. */
    NOT_YET_VALID("Check the clocks of issuer and gateway, then connect again."),
    /** Valid for longer than this gateway accepts. */
    LIFETIME_TOO_LONG("Ask the issuer for a token with a shorter lifetime."),
    /** A claim that must be there is not. */
    MISSING_CLAIM("Ask the issuer for an access token with iss, sub, aud and exp."),
    /** An ID, refresh or logout token, not an access token. */
    WRONG_TOKEN_TYPE("Use the access token, not the ID or refresh token."),
    /** Bound to a key (RFC 7800) that the client cannot show here. */
    SENDER_CONSTRAINED("Ask the issuer for a bearer token."),
    /** The issuer left the groups out because there are too many. */
    GROUPS_UNKNOWN("Let the issuer put only the groups of this application into the token."),
    /** Names an actor, and the issuer is not trusted to. */
    ACTOR_NOT_ACCEPTED("Connect with a token of your own, or let the operator accept actors."),
    /** A certificate that names nobody in the way that the operator reads it, or several. */
    CERTIFICATE_NAMES_NOBODY("Ask for a certificate with exactly one name of the configured kind."),
    /** A certificate before or after its time. */
    CERTIFICATE_NOT_VALID_NOW("Get a fresh certificate and connect again."),
    /** The issuer's keys cannot be had now. */
    KEYS_UNAVAILABLE("Try again shortly; if it persists, tell the operator of the gateway."),
    /** A fault of the gateway; it fails closed. */
    INTERNAL("Try again; if it persists, tell the operator of the gateway.");

    private final String advice;

    Reason(String advice) {
      this.advice = advice;
    }

    /** A stable word for records and metrics, for example {@code wrong_audience}. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    Rejected because(String message) {
      return new Rejected(this, message, advice);
    }
  }
}

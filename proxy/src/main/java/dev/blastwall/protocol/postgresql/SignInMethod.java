package dev.blastwall.protocol.postgresql;

/**
 * How the clients of a listener prove who they are. A server chooses before it knows what the
 * client can do, so each listener has one (manual, "SASL Authentication").
 */
public sealed interface SignInMethod {

  /** By a token in place of a password: every client can do that. */
  record Password() implements SignInMethod {}

  /**
   * By a token as OAUTHBEARER says (RFC 7628): clients from PostgreSQL 18 on, which can get the
   * token themselves.
   *
   * @param issuer where they get it; its discovery document is below this URL
   * @param scope what they ask for there, words divided by spaces
   */
  record OAuthBearer(String issuer, String scope) implements SignInMethod {}

  /**
   * By a certificate of the client, which TLS checks.
   *
   * @param issuer the name of those who made it, as policy sees it
   */
  record Certificate(String issuer) implements SignInMethod {}
}

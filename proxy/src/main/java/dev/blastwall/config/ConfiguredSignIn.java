package dev.blastwall.config;

import dev.blastwall.identity.CertificateIssuer;
import java.nio.file.Path;

/** How the clients of a listener prove who they are. */
public sealed interface ConfiguredSignIn {

  /** By a token in place of a password. */
  record Password() implements ConfiguredSignIn {}

  /**
   * By OAUTHBEARER, where the client can get the token itself; {@code oauthbearer}.
   *
   * @param issuer where: one of {@code issuers}
   * @param scope what it asks for there; default openid
   */
  record OAuthBearer(String issuer, String scope) implements ConfiguredSignIn {}

  /**
   * By a certificate; {@code client_certificates}.
   *
   * @param authorities PEM, who may make them
   * @param names how they are read
   */
  record Certificate(Path authorities, CertificateIssuer names) implements ConfiguredSignIn {}
}

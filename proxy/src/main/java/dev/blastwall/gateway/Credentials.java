package dev.blastwall.gateway;

import dev.blastwall.enforcement.Identities;
import dev.blastwall.identity.CertificateIssuer;
import dev.blastwall.identity.TokenVerifier;
import dev.blastwall.identity.Verification;
import dev.blastwall.protocol.Credential;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Whoever can prove who they are, each in their way.
 *
 * @param tokens finds out about tokens
 * @param certificates the authorities of the listeners that take certificates, by issuer
 */
record Credentials(
    TokenVerifier tokens, Map<String, CertificateIssuer> certificates, InstantSource clock)
    implements Identities {

  @Override
  public void verify(Credential credential, Executor loop, Consumer<Verification> then) {
    switch (credential) {
      case Credential.Token token -> tokens.verify(token.text().value(), loop, then);
      case Credential.Certificate certificate ->
          then.accept(
              Objects.requireNonNull(certificates.get(certificate.issuer()), "a listener's issuer")
                  .verify(certificate.certificate(), clock));
    }
  }
}

package dev.blastwall.identity;

import dev.blastwall.command.Principal;
import dev.blastwall.identity.Verification.Identified;
import dev.blastwall.identity.Verification.Reason;
import java.time.Instant;
import java.time.InstantSource;

/** Verifies the tokens of one issuer, with its keys only. */
final class IssuerVerifier {

  private final TrustedIssuer issuer;
  private final IssuerKeys keys;
  private final InstantSource clock;

  IssuerVerifier(TrustedIssuer issuer, IssuerKeys keys, InstantSource clock) {
    this.issuer = issuer;
    this.keys = keys;
    this.clock = clock;
  }

  Identified verify(CompactToken token) throws Rejection {
    checkSignature(token);
    Instant expires = new ClaimChecks(issuer, clock.instant()).check(token.claims());
    Principal principal = new PrincipalReader(issuer).read(token.claims());
    return new Identified(principal, expires);
  }

  private void checkSignature(CompactToken token) throws Rejection {
    SignatureAlgorithm algorithm = allowed(token.header().algorithm());
    boolean proved =
        keys.candidates(token.header().keyId(), algorithm).stream()
            .anyMatch(key -> algorithm.verifies(key, token.signedBytes(), token.signature()));
    if (!proved) {
      throw new Rejection(Reason.BAD_SIGNATURE, "The token's signature is not its issuer's.");
    }
  }

  private SignatureAlgorithm allowed(String name) throws Rejection {
    return SignatureAlgorithm.named(name)
        .filter(issuer.algorithms()::contains)
        .orElseThrow(() ->
            new Rejection(
                Reason.ALGORITHM_NOT_ALLOWED,
                "The token is signed with an algorithm that is not allowed."));
  }
}

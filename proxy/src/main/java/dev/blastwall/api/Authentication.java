package dev.blastwall.api;

import dev.blastwall.command.Principal;
import dev.blastwall.identity.TokenVerifier;
import dev.blastwall.identity.Verification;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;

/** Finds out who sends a request (RFC 6750, section 2.1). */
final class Authentication {

  private static final String BEARER = "Bearer ";

  private final TokenVerifier identities;

  Authentication(TokenVerifier identities) {
    this.identities = identities;
  }

  /** Who sends {@code request}; a {@link Problem} when that is not proved. */
  Principal of(ServerRequest request) {
    String token =
        request
            .headers()
            .first(HeaderNames.AUTHORIZATION)
            .filter(header -> header.regionMatches(true, 0, BEARER, 0, BEARER.length()))
            .map(header -> header.substring(BEARER.length()).strip())
            .orElseThrow(() ->
                new Problem(
                    Status.UNAUTHORIZED_401,
                    "Send a token: Authorization: Bearer <token of your identity provider>."));
    return switch (identities.verify(token)) {
      case Verification.Identified identified -> identified.principal();
      case Verification.Rejected rejected ->
          throw new Problem(Status.UNAUTHORIZED_401, rejected.message() + " " + rejected.advice());
    };
  }
}

package dev.blastwall.command;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Who asks: proved by a token, never by what a client says of itself.
 *
 * @param subject the {@code sub} of the token; unique only together with the issuer
 * @param issuer the {@code iss} of the token, exactly as configured
 * @param kind what sort of principal this is
 * @param groups the groups that the issuer vouches for
 * @param claims the token's claims as JSON-like values (maps, lists, strings, numbers, booleans)
 * @param actors who acts for the subject, the nearest first (RFC 8693, section 4.1)
 */
public record Principal(
    String subject,
    String issuer,
    Kind kind,
    List<String> groups,
    Map<String, Object> claims,
    List<Actor> actors) {

  public Principal {
    groups = List.copyOf(groups);
    claims = Map.copyOf(claims);
    actors = List.copyOf(actors);
  }

  /** What sort of principal asks. */
  public enum Kind {
    PERSON,
    SERVICE,
    CI,
    AGENT;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The word policy sees. */
    public String word() {
      return word;
    }
  }

  /**
   * A link of the delegation chain.
   *
   * @param subject the {@code sub} of the link
   * @param issuer its {@code iss}, or the token's issuer where the link names none
   * @param kind what sort of actor it is
   */
  public record Actor(String subject, String issuer, Kind kind) {}

  /** Adds issuer, subject and the chain; groups and claims may change between two tokens. */
  void writeTo(CanonicalForm form) {
    form.text(issuer).text(subject).count(actors.size());
    actors.forEach(actor -> form.text(actor.issuer()).text(actor.subject()));
  }
}

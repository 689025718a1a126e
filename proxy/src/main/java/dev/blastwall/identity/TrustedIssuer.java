package dev.blastwall.identity;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * An issuer whose word counts, and how far.
 *
 * @param issuer its {@code iss}, compared character by character; https, or http on loopback
 * @param audiences a token must name one of these in {@code aud}
 * @param algorithms how it may sign
 * @param groupClaims the claims that hold groups
 * @param kinds what kind a token's subject or actor is; the first match counts. No match: a subject
 *     is a person, an actor an agent
 * @param clockSkew how far its clock and ours may differ, at most {@link #MAX_CLOCK_SKEW}
 * @param maxLifetime the longest time that a token of it may be valid
 * @param acceptsActors whether its {@code act} claims count: only for issuers that check who acts.
 *     A token with {@code act} of any other issuer is refused, never read as the subject's own
 */
public record TrustedIssuer(
    String issuer,
    Set<String> audiences,
    Set<SignatureAlgorithm> algorithms,
    List<String> groupClaims,
    List<KindRule> kinds,
    Duration clockSkew,
    Duration maxLifetime,
    boolean acceptsActors) {

  public static final List<String> DEFAULT_GROUP_CLAIMS = List.of("groups");
  public static final Duration DEFAULT_CLOCK_SKEW = Duration.ofSeconds(30);
  public static final Duration MAX_CLOCK_SKEW = Duration.ofMinutes(5);
  public static final Duration DEFAULT_MAX_LIFETIME = Duration.ofHours(24);

  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");

  public TrustedIssuer {
    checkUrl(issuer);
    audiences = Set.copyOf(audiences);
    algorithms = Set.copyOf(algorithms);
    groupClaims = List.copyOf(groupClaims);
    kinds = List.copyOf(kinds);
    if (audiences.isEmpty() || algorithms.isEmpty()) {
      throw new IllegalArgumentException("an issuer needs an audience and an algorithm");
    }
    if (clockSkew.isNegative() || clockSkew.compareTo(MAX_CLOCK_SKEW) > 0) {
      throw new IllegalArgumentException("a clock skew is between 0 and 5 minutes");
    }
  }

  /** An issuer with the defaults for everything that can have one. */
  public static TrustedIssuer of(String issuer, String audience) {
    return new TrustedIssuer(
        issuer,
        Set.of(audience),
        SignatureAlgorithm.DEFAULTS,
        DEFAULT_GROUP_CLAIMS,
        List.of(),
        DEFAULT_CLOCK_SKEW,
        DEFAULT_MAX_LIFETIME,
        false);
  }

  /**
   * Checks that {@code url} can name an issuer (OpenID Connect Discovery 1.0, section 3) and that
   * its keys cannot be swapped on the way.
   *
   * @return {@code url}
   * @throws IllegalArgumentException if not, with the reason
   */
  public static String checkUrl(String url) {
    URI uri = parse(url);
    if (!isSafe(uri)) {
      throw new IllegalArgumentException("an issuer is an https URL, or http on loopback");
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null || uri.getUserInfo() != null) {
      throw new IllegalArgumentException("an issuer has no user, query or fragment");
    }
    return url;
  }

  /** Whether what comes from {@code uri} is what was sent there. */
  static boolean isSafe(URI uri) {
    String host = uri.getHost();
    return host != null
        && ("https".equals(uri.getScheme())
            || ("http".equals(uri.getScheme()) && LOOPBACK.contains(host)));
  }

  private static URI parse(String url) {
    try {
      return new URI(url);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("not a URL", e);
    }
  }
}

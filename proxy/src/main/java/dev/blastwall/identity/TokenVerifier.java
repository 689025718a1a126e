package dev.blastwall.identity;

import dev.blastwall.identity.Verification.Reason;
import java.net.http.HttpClient;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out who presents a token. One for all protocols; safe for any number of threads.
 *
 * <p>A token is checked with the keys of the issuer that it names, and only if that issuer is
 * trusted; then its audience, its times and what it says of groups and actors.
 */
public final class TokenVerifier implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(TokenVerifier.class);

  private final Map<String, IssuerVerifier> issuers;
  private final ExecutorService workers;
  private final Runnable closing;

  private TokenVerifier(
      Map<String, IssuerVerifier> issuers, ExecutorService workers, Runnable closing) {
    this.issuers = issuers;
    this.workers = workers;
    this.closing = closing;
  }

  /**
   * A verifier that fetches the issuers' keys when it first needs them.
   *
   * @param issuers whom to trust; no two of the same name
   */
  public static TokenVerifier trusting(List<TrustedIssuer> issuers) {
    ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    HttpClient http =
        HttpClient.newBuilder().connectTimeout(DiscoveredKeys.TIMEOUT).executor(workers).build();
    return new TokenVerifier(
        verifiers(issuers, issuer -> new DiscoveredKeys(http, issuer), InstantSource.system()),
        workers,
        http::shutdownNow);
  }

  static TokenVerifier trusting(
      List<TrustedIssuer> issuers, Function<String, KeySource> sources, InstantSource clock) {
    return new TokenVerifier(
        verifiers(issuers, sources, clock), Executors.newVirtualThreadPerTaskExecutor(), () -> {});
  }

  private static Map<String, IssuerVerifier> verifiers(
      List<TrustedIssuer> issuers, Function<String, KeySource> sources, InstantSource clock) {
    return issuers.stream()
        .collect(
            Collectors.toUnmodifiableMap(
                TrustedIssuer::issuer,
                issuer ->
                    new IssuerVerifier(
                        issuer, new IssuerKeys(sources.apply(issuer.issuer()), clock), clock)));
  }

  /**
   * Verifies {@code token}; never blocks the caller.
   *
   * @param token the JWT
   * @param loop where the answer is wanted
   * @param then gets the answer, on {@code loop}
   */
  public void verify(String token, Executor loop, Consumer<Verification> then) {
    workers.execute(() -> {
      Verification verification = verifyOrFail(token);
      loop.execute(() -> then.accept(verification));
    });
  }

  /**
   * Verifies {@code token}; blocks while the issuer's keys are fetched, so never on an event loop.
   *
   * @param token the JWT
   */
  public Verification verify(String token) {
    try {
      CompactToken compact = CompactToken.parse(token);
      return issuerOf(compact).verify(compact);
    } catch (Rejection e) {
      return e.rejected();
    }
  }

  private Verification verifyOrFail(String token) {
    try {
      return verify(token);
    } catch (RuntimeException e) {
      // Its message could quote the token; where it happened cannot.
      log.error(
          "a token could not be verified: {} at {}",
          e.getClass().getName(),
          Arrays.toString(e.getStackTrace()));
      return Reason.INTERNAL.because("The gateway could not check the token.");
    }
  }

  private IssuerVerifier issuerOf(CompactToken token) throws Rejection {
    String name = token.claims().path("iss").textValue();
    if (name == null) {
      throw new Rejection(Reason.MISSING_CLAIM, "The token names no issuer.");
    }
    IssuerVerifier issuer = issuers.get(name);
    if (issuer == null) {
      throw new Rejection(
          Reason.UNTRUSTED_ISSUER, "The token's issuer is not one that this gateway trusts.");
    }
    return issuer;
  }

  @Override
  public void close() {
    closing.run();
    workers.shutdownNow();
  }
}

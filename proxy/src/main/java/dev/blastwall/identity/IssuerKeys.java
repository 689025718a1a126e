package dev.blastwall.identity;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import dev.blastwall.identity.Verification.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of one issuer, kept.
 *
 * <p>A set is fresh for {@link #TTL}. An unknown key id fetches a new set at once, because issuers
 * rotate; but never more than one fetch runs, and never two begin within {@link #MIN_INTERVAL}
 * ({@link #FIRST_INTERVAL} while there is none), whether they succeeded or not, so that neither
 * invented key ids nor an outage become a storm. While an issuer is down its last set serves on, up
 * to {@link #OUTAGE_LIMIT}; a key revoked during the outage works that long.
 *
 * <p>Blocks while it fetches: for virtual threads, never an event loop.
 */
final class IssuerKeys {

  static final Duration TTL = Duration.ofMinutes(10);
  static final Duration MIN_INTERVAL = Duration.ofSeconds(10);

  /** Until there is a first set: everybody waits for it, and there is nothing to serve on with. */
  static final Duration FIRST_INTERVAL = Duration.ofSeconds(1);

  static final Duration OUTAGE_LIMIT = Duration.ofHours(6);

  private static final Logger log = LoggerFactory.getLogger(IssuerKeys.class);

  private record Kept(List<JWK> keys, Instant fetched) {}

  private final KeySource source;
  private final InstantSource clock;
  private final ReentrantLock fetching = new ReentrantLock();
  private volatile Kept kept = new Kept(List.of(), Instant.MIN);
  private Instant attempted = Instant.MIN; // guarded by fetching

  IssuerKeys(KeySource source, InstantSource clock) {
    this.source = source;
    this.clock = clock;
  }

  /**
   * The keys that may have signed with {@code algorithm}, at least one.
   *
   * @param keyId the {@code kid} that the token names; without one, the issuer's only key of the
   *     algorithm's kind counts
   */
  List<JWK> candidates(@Nullable String keyId, SignatureAlgorithm algorithm) throws Rejection {
    List<JWK> found = suitable(keyId, algorithm);
    if (found.isEmpty() || isOlderThan(TTL)) {
      refresh(!found.isEmpty());
      found = suitable(keyId, algorithm);
    }
    if (isOlderThan(OUTAGE_LIMIT)) {
      throw new Rejection(
          Reason.KEYS_UNAVAILABLE, "The keys of the token's issuer cannot be fetched now.");
    }
    if (found.isEmpty()) {
      throw new Rejection(
          Reason.UNKNOWN_KEY, "The token is signed with a key that its issuer does not publish.");
    }
    return found;
  }

  private List<JWK> suitable(@Nullable String keyId, SignatureAlgorithm algorithm) {
    List<JWK> keys =
        kept.keys().stream()
            .filter(key -> keyId == null || keyId.equals(key.getKeyID()))
            .filter(IssuerKeys::verifiesSignatures)
            .filter(algorithm::takes)
            .toList();
    return keyId == null && keys.size() > 1 ? List.of() : keys;
  }

  private static boolean verifiesSignatures(JWK key) {
    return (key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE))
        && (key.getKeyOperations() == null || key.getKeyOperations().contains(KeyOperation.VERIFY));
  }

  private boolean isOlderThan(Duration age) {
    return kept.fetched().isBefore(clock.instant().minus(age));
  }

  /** Who has a usable key does not wait for another's fetch. */
  private void refresh(boolean usable) {
    if (!usable) {
      fetching.lock();
    } else if (!fetching.tryLock()) {
      return;
    }
    try {
      Instant now = clock.instant();
      Duration interval = kept.keys().isEmpty() ? FIRST_INTERVAL : MIN_INTERVAL;
      if (attempted.isBefore(now.minus(interval))) {
        attempted = now;
        kept = new Kept(source.fetch(), now);
      }
    } catch (KeysUnavailableException e) {
      log.warn("keys not refreshed, the last set serves on: {}", e.getMessage());
    } finally {
      fetching.unlock();
    }
  }
}

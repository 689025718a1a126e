package dev.blastwall.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import dev.blastwall.identity.Verification.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class IssuerKeysTest {

  private static final SignatureAlgorithm RS256 = SignatureAlgorithm.RS256;

  private Instant now = Instant.ofEpochSecond(1_800_000_000L);
  private boolean down;
  private List<JWK> published = List.of(key("one"));
  private final AtomicInteger fetches = new AtomicInteger();
  private final IssuerKeys keys = new IssuerKeys(this::fetch, () -> now);

  private List<JWK> fetch() throws KeysUnavailableException {
    fetches.incrementAndGet();
    if (down) {
      throw new KeysUnavailableException("down");
    }
    return published;
  }

  private static JWK key(String id) {
    return new RSAKey.Builder(Forge.RSA_JWK).keyID(id).build();
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }

  private void assertRejected(String keyId, Reason reason) {
    assertThatExceptionOfType(Rejection.class)
        .isThrownBy(() -> keys.candidates(keyId, RS256))
        .satisfies(e -> assertThat(e.rejected().reason()).isEqualTo(reason));
  }

  @Test
  void aSetIsFetchedOnceWhileFresh() throws Rejection {
    keys.candidates("one", RS256);
    pass(IssuerKeys.TTL);
    keys.candidates("one", RS256);

    assertThat(fetches).hasValue(1);
  }

  @Test
  void aStaleSetIsFetchedAgain() throws Rejection {
    keys.candidates("one", RS256);
    pass(IssuerKeys.TTL.plusSeconds(1));
    published = List.of(key("two"));

    assertRejected("one", Reason.UNKNOWN_KEY);
    assertThat(keys.candidates("two", RS256)).hasSize(1);
  }

  @Test
  void aRotatedKeyIsFoundAtOnce() throws Rejection {
    keys.candidates("one", RS256);
    pass(IssuerKeys.MIN_INTERVAL.plusSeconds(1));
    published = List.of(key("one"), key("two"));

    assertThat(keys.candidates("two", RS256)).hasSize(1);
  }

  @Test // attack 5
  void inventedKeyIdsAreNoFetchStorm() throws Rejection {
    keys.candidates("one", RS256);
    pass(IssuerKeys.MIN_INTERVAL.plusSeconds(1));

    for (int i = 0; i < 100; i++) {
      assertRejected("invented-" + i, Reason.UNKNOWN_KEY);
    }

    assertThat(fetches).hasValue(2);
  }

  @Test
  void theLastSetServesThroughAnOutageUpToALimit() throws Rejection {
    keys.candidates("one", RS256);
    down = true;

    pass(IssuerKeys.OUTAGE_LIMIT);
    assertThat(keys.candidates("one", RS256)).hasSize(1);
    assertRejected("two", Reason.UNKNOWN_KEY);
    pass(Duration.ofSeconds(1));
    assertRejected("one", Reason.KEYS_UNAVAILABLE);
  }

  @Test
  void anOutageIsNoFetchStorm() {
    down = true;

    for (int i = 0; i < 100; i++) {
      assertRejected("one", Reason.KEYS_UNAVAILABLE);
    }

    assertThat(fetches).hasValue(1);
  }

  @Test
  void anIssuerThatComesBackIsAskedAgain() throws Rejection {
    down = true;
    assertRejected("one", Reason.KEYS_UNAVAILABLE);
    down = false;
    pass(IssuerKeys.MIN_INTERVAL.plusSeconds(1));

    assertThat(keys.candidates("one", RS256)).hasSize(1);
  }

  @Test
  void aKeyForEncryptionVerifiesNothing() {
    published =
        List.of(new RSAKey.Builder(Forge.RSA_JWK).keyID("one").keyUse(KeyUse.ENCRYPTION).build());

    assertRejected("one", Reason.UNKNOWN_KEY);
  }

  @Test
  void withoutAKeyIdTheChoiceMustBeClear() throws Rejection {
    assertThat(keys.candidates(null, RS256)).hasSize(1);

    pass(IssuerKeys.TTL.plusSeconds(1));
    published = List.of(key("one"), key("two"));

    assertThatExceptionOfType(Rejection.class).isThrownBy(() -> keys.candidates(null, RS256));
  }

  @Test // attack 5
  void manyWhoWaitShareOneFetch()
      throws InterruptedException, ExecutionException, TimeoutException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    IssuerKeys slow =
        new IssuerKeys(
            () -> {
              begun.countDown();
              await(answer);
              return fetch();
            },
            () -> now);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<JWK>>> waiting = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        waiting.add(threads.submit(() -> slow.candidates("one", RS256)));
      }
      begun.await();
      answer.countDown();
      for (Future<List<JWK>> one : waiting) {
        assertThat(one.get(10, TimeUnit.SECONDS)).hasSize(1);
      }
    }
    assertThat(fetches).hasValue(1);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}

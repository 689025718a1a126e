package dev.blastwall.protocol.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CancelKeysTest {

  private static final InetAddress HOLDER = InetAddress.ofLiteral("192.0.2.1");
  private static final InetAddress STRANGER = InetAddress.ofLiteral("192.0.2.2");

  private final CancelKeys keys = new CancelKeys();
  private final AtomicInteger cancels = new AtomicInteger();

  @Test
  void theKeyCancels() {
    CancelKey key = issue(false);

    keys.cancel(key, HOLDER);

    assertThat(cancels).hasValue(1);
  }

  @Test
  void aWrongSecretOrProcessCancelsNothing() {
    CancelKey key = issue(false);

    keys.cancel(wrong(key), HOLDER);
    keys.cancel(new CancelKey(key.process(), new byte[0]), HOLDER);
    keys.cancel(new CancelKey(key.process(), new byte[CancelKey.LONGEST_SECRET]), HOLDER);
    keys.cancel(new CancelKey(key.process() ^ 1, key.secret()), HOLDER);

    assertThat(cancels).hasValue(0);
  }

  @Test
  void aShortKeyCountsOnlyFromTheAddressThatHasIt() {
    keys.cancel(issue(false), STRANGER);
    assertThat(cancels).hasValue(0);

    keys.cancel(issue(true), STRANGER);
    assertThat(cancels).hasValue(1);
  }

  @Test
  void guessingEndsBeforeItFinds() {
    CancelKey key = issue(false);

    for (int i = 0; i < CancelKeys.GUESSES; i++) {
      keys.cancel(wrong(key), HOLDER);
    }
    keys.cancel(key, HOLDER);

    assertThat(cancels).hasValue(0);
  }

  @Test
  void whatCannotCountIsNoGuess() {
    CancelKey key = issue(false);

    for (int i = 0; i < CancelKeys.GUESSES; i++) {
      keys.cancel(wrong(key), STRANGER);
    }
    keys.cancel(key, HOLDER);

    assertThat(cancels).hasValue(1);
  }

  @Test
  void aSessionThatIsOverCannotBeCancelled() {
    CancelKey key = issue(true);

    keys.revoke(key);
    keys.cancel(key, HOLDER);

    assertThat(cancels).hasValue(0);
  }

  private CancelKey issue(boolean longKey) {
    return keys.issue(longKey, HOLDER, cancels::incrementAndGet);
  }

  private static CancelKey wrong(CancelKey key) {
    byte[] secret = key.secret().clone();
    secret[secret.length - 1] ^= 1;
    return new CancelKey(key.process(), secret);
  }
}

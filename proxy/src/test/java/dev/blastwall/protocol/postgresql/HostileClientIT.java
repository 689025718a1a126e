package dev.blastwall.protocol.postgresql;

import static dev.blastwall.protocol.postgresql.RawClient.query;
import static dev.blastwall.protocol.postgresql.RawClient.request;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What somebody without a token can do to those who have one. */
class HostileClientIT {

  private static final int CANCEL_REQUEST = 80877102;
  private static final int GSS_REQUEST = 80877104;
  private static final int LOCK = 4711;
  private static final int FLOOD = 2000;
  private static final int GUESSES = 60;

  private final TestGateway gateway = TestGateway.shared();

  @BeforeEach
  void forget() {
    gateway.gate.reset();
  }

  @Test
  void guessedCancelKeysHaveNoEffectAndNoAnswer() throws Exception {
    try (Connection direct = gateway.direct();
        Statement lock = direct.createStatement();
        RawClient victim = RawClient.signedIn(gateway.address())) {
      lock.execute("select pg_advisory_lock(" + LOCK + ")");
      victim.write(query("select pg_advisory_lock(" + LOCK + ")"));
      awaitBlocked(lock);

      for (int i = 1; i <= GUESSES; i++) {
        byte[] wrongSecret = victim.key().clone();
        wrongSecret[7] ^= (byte) i;
        assertThat(answerToCancel(wrongSecret)).isEmpty();
        byte[] wrongProcess = victim.key().clone();
        wrongProcess[3] ^= (byte) i;
        assertThat(answerToCancel(wrongProcess)).isEmpty();
      }
      assertThat(answerToCancel(Arrays.copyOf(victim.key(), 40))).isEmpty();
      lock.execute("select pg_advisory_unlock(" + LOCK + ")");

      assertThat(victim.answer().error()).isEmpty();
    }
  }

  @Test
  void aRightKeyHasNoAnswerEither() throws Exception {
    try (RawClient client = RawClient.signedIn(gateway.address())) {
      assertThat(answerToCancel(client.key())).isEmpty();
    }
  }

  @Test
  void cancelKeysThatAreNoneAreTheirSendersTrouble() throws Exception {
    try (RawClient other = RawClient.signedIn(gateway.address())) {
      for (int length : new int[] {0, 4, 7, 300, 5000}) {
        answerToCancel(new byte[length]);
      }
      assertThat(other.ask("select 1").rows()).containsExactly(List.of("1"));
    }
  }

  @Test
  void whoSpeaksHttpIsToldThatThisIsNotTheirPort() throws Exception {
    try (RawClient browser = new RawClient(gateway.address())) {
      browser.write("GET / HTTP/1.1\r\nHost: gateway\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

      assertThat(browser.rest())
          .startsWith("HTTP/1.1 400 Bad Request\r\n")
          .endsWith("connect with psql or a driver.\n");
    }
  }

  @Test
  void aFloodOfTextsThatNobodyHasSeenLeavesTimeForOthers() throws Exception {
    try (RawClient greedy = RawClient.signedIn(gateway.address());
        RawClient modest = RawClient.signedIn(gateway.address())) {
      ByteArrayOutputStream flood = new ByteArrayOutputStream();
      for (int i = 0; i < FLOOD; i++) {
        flood.writeBytes(query("select " + "a".repeat(i % 50 + 1) + i));
      }
      Thread writer = Thread.startVirtualThread(() -> writeAndRead(greedy, flood.toByteArray()));

      modest.ask("select 'my turn' as here");

      assertThat(gateway.gate.texts().indexOf("select 'my turn' as here")).isLessThan(FLOOD / 2);
      greedy.close();
      writer.join();
    }
  }

  private static void writeAndRead(RawClient client, byte[] bytes) {
    try {
      client.write(bytes);
      client.rest();
    } catch (IOException e) {
      // The test has seen enough and hung up.
    }
  }

  @Test
  void halfOpenConnectionsOfOneAddressAreBounded() throws Exception {
    List<RawClient> silent = new ArrayList<>();
    try (RawClient signedIn = RawClient.signedIn(gateway.address())) {
      for (int i = 0; i < PostgresqlProtocol.HALF_OPEN_PER_ADDRESS; i++) {
        silent.add(halfOpen());
      }

      try (RawClient oneMore = new RawClient(gateway.address())) {
        assertThat(oneMore.rest()).contains("FATAL", "53300");
      }
      assertThat(signedIn.ask("select 1").rows()).containsExactly(List.of("1"));
    } finally {
      for (RawClient client : silent) {
        client.close();
      }
    }
    assertThat(isLetInAgain()).isTrue();
  }

  /** A client that has its first answer and says no more. */
  private RawClient halfOpen() throws IOException {
    RawClient client = new RawClient(gateway.address());
    client.write(request(GSS_REQUEST));
    assertThat(client.readByte()).isEqualTo('N');
    return client;
  }

  /** The gateway notices a hang-up in its own time. */
  private boolean isLetInAgain() throws IOException {
    for (Instant end = Instant.now().plusSeconds(30); Instant.now().isBefore(end); ) {
      try (RawClient client = new RawClient(gateway.address())) {
        client.write(request(GSS_REQUEST));
        if (client.readByte() == 'N') {
          return true;
        }
      } catch (SocketException e) {
        // Refused before it had spoken.
      }
    }
    return false;
  }

  private String answerToCancel(byte[] key) throws IOException {
    try (RawClient canceller = new RawClient(gateway.address())) {
      canceller.write(request(CANCEL_REQUEST, key));
      return canceller.rest();
    }
  }

  private static void awaitBlocked(Statement direct) throws SQLException {
    for (int i = 0; i < 100_000; i++) {
      try (var rows =
          direct.executeQuery(
              "select count(*) from pg_locks where locktype = 'advisory' and not granted")) {
        rows.next();
        if (rows.getInt(1) > 0) {
          return;
        }
      }
    }
    throw new AssertionError("the command does not run");
  }
}

package dev.blastwall.protocol.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastwall.protocol.FakeGate;
import dev.blastwall.protocol.Observation;
import dev.blastwall.protocol.Secret;
import dev.blastwall.protocol.Upstream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Upstreams that refuse, reset, say nothing, break in the middle: the client gets the SQLSTATE that
 * its retry logic expects, and another server of the upstream where there is one.
 */
class UpstreamFailuresIT {

  /** Long for what answers, short for a test that waits for what does not. */
  private static final Duration SHORT = Duration.ofMillis(500);

  private static final Duration LONG = Duration.ofMinutes(5);

  private final TestGateway real = TestGateway.shared();
  private final List<FakeServer> servers = new ArrayList<>();

  @AfterEach
  void stop() throws IOException {
    for (FakeServer server : servers) {
      server.close();
    }
  }

  private Upstream.Address fake(FakeServer.Script script) throws IOException {
    FakeServer server = new FakeServer(script);
    servers.add(server);
    return server.address();
  }

  private Upstream.Address real() {
    return real.upstream().addresses().getFirst();
  }

  private static Upstream upstream(
      Duration patience, Upstream.Target target, Upstream.Address... addresses) {
    return new Upstream(
        Arrays.asList(addresses),
        target,
        new Upstream.Patience(patience, LONG),
        TestGateway.USER,
        new Secret(TestGateway.PASSWORD),
        "postgres",
        Upstream.Tls.DISABLE,
        null);
  }

  private static Upstream any(Upstream.Address... addresses) {
    return upstream(LONG, Upstream.Target.ANY, addresses);
  }

  /** What a client hears that is not let in. */
  private static RawClient.Message refusal(SmallGateway gateway) throws IOException {
    try (RawClient client = new RawClient(gateway.address())) {
      client.write(RawClient.startup(3 << 16, "user", "alice", "database", "shop"));
      client.read();
      client.write(RawClient.message('p', FakeGate.TOKEN + "\0"));
      RawClient.Message said = client.read();
      assertThat(said.type()).isEqualTo('E');
      assertThat(client.readByte()).as("the end").isEqualTo(-1);
      return said;
    }
  }

  private static String state(Upstream upstream) throws IOException {
    try (SmallGateway gateway = new SmallGateway(upstream)) {
      RawClient.Message said = refusal(gateway);
      assertThat(said.text()).doesNotContain("secret").doesNotContain("127.0.0.1");
      assertThat(gateway.gate.closed).as("the session of the record ends").hasSize(1);
      return RawClient.field(said, 'C');
    }
  }

  @Test
  void nobodyThere() throws IOException {
    assertThat(state(any(FakeServer.nobody()))).isEqualTo("08001");
  }

  @Test
  void aServerThatHangsUpDuringSignIn() throws IOException {
    assertThat(state(any(fake(FakeServer::startup)))).isEqualTo("08006");
  }

  @Test
  void aServerThatResetsDuringSignIn() throws IOException {
    assertThat(
            state(
                any(
                    fake(client -> {
                      FakeServer.startup(client);
                      FakeServer.reset(client);
                    }))))
        .isEqualTo("08006");
  }

  @Test
  void aServerThatNeverAnswers() throws IOException {
    assertThat(state(upstream(SHORT, Upstream.Target.ANY, fake(FakeServer::silence))))
        .isEqualTo("08001");
    assertThat(take(servers.getFirst())).as("the gateway hangs up").isEqualTo("played");
  }

  @Test
  void aServerThatStopsInTheMiddleOfItsSignIn() throws IOException {
    Upstream.Address stops =
        fake(client -> {
          FakeServer.startup(client);
          FakeServer.say(client, RawClient.message('R', "\0\0\0\0"));
          FakeServer.silence(client);
        });
    assertThat(state(upstream(SHORT, Upstream.Target.ANY, stops))).isEqualTo("08001");
  }

  @Test
  void aServerThatAnswersARequestForTlsWithNothing() throws IOException {
    Upstream clear = upstream(SHORT, Upstream.Target.ANY, fake(FakeServer::silence));
    Upstream encrypted =
        new Upstream(
            clear.addresses(),
            clear.target(),
            clear.patience(),
            clear.user(),
            clear.password(),
            clear.database(),
            Upstream.Tls.VERIFY_FULL,
            SmallGateway.TLS.certificate());
    assertThat(state(encrypted)).isEqualTo("08001");
  }

  @ParameterizedTest
  @CsvSource({
    // The server's own: it starts, it is full, it shuts down.
    "57P03,57P03",
    "53300,53300",
    "57P01,57P01",
    // Not the client's credential.
    "28P01,08004",
    "28000,08004"
  })
  void aServerThatRefuses(String says, String heard) throws IOException {
    assertThat(
            state(
                any(
                    fake(client -> {
                      FakeServer.startup(client);
                      FakeServer.say(client, FakeServer.fatal(says));
                    }))))
        .isEqualTo(heard);
  }

  @Test
  void whatOneServerSaysTellsMoreThanThatAnotherIsNotThere() throws IOException {
    assertThat(
            state(
                any(
                    fake(client -> {
                      FakeServer.startup(client);
                      FakeServer.say(client, FakeServer.fatal("57P03"));
                    }),
                    FakeServer.nobody())))
        .isEqualTo("57P03");
  }

  @Test
  void theNextServerOfTheListTakesOver() throws Exception {
    Upstream upstream =
        any(
            FakeServer.nobody(),
            fake(FakeServer::reset),
            fake(client -> {
              FakeServer.startup(client);
              FakeServer.say(client, FakeServer.fatal("57P03"));
            }),
            real());
    try (SmallGateway gateway = new SmallGateway(upstream)) {
      try (Connection client = connect(gateway);
          Statement statement = client.createStatement();
          ResultSet rows = statement.executeQuery("select count(*) from customers")) {
        rows.next();
        assertThat(rows.getInt(1)).isEqualTo(2);
      }
      assertThat(gateway.gate.observed)
          .as("each failure is in the record")
          .filteredOn(Observation.Fault.class::isInstance)
          .hasSize(3);
    }
  }

  @Test
  void aServerThatNeverAnswersIsPassedOverInTime() throws Exception {
    // The time of the test is that of the first server; the second needs next to nothing of it.
    Upstream.Address quick =
        fake(client -> {
          FakeServer.letIn(client, false);
          FakeServer.silence(client);
        });
    Upstream upstream =
        upstream(Duration.ofSeconds(5), Upstream.Target.ANY, fake(FakeServer::silence), quick);
    try (SmallGateway gateway = new SmallGateway(upstream);
        RawClient client = RawClient.signedIn(gateway.address())) {
      assertThat(client.key()).as("the gateway's own").hasSize(4 + 4);
    }
  }

  @Test
  void aServerThatRejectsTheGatewayEndsTheSearch() throws IOException {
    Upstream.Address first =
        fake(client -> {
          FakeServer.startup(client);
          FakeServer.say(client, FakeServer.fatal("28P01"));
        });
    Upstream.Address second = fake(client -> FakeServer.letIn(client, false));

    assertThat(state(any(first, second))).isEqualTo("08004");
    assertThat(servers.get(1).connections()).isZero();
  }

  @Test
  void aCancelGoesToTheServerThatWasFound() throws Exception {
    try (SmallGateway gateway = new SmallGateway(any(FakeServer.nobody(), real()));
        RawClient client = RawClient.signedIn(gateway.address())) {
      client.send("select pg_sleep(3600)");
      awaitSleeping();
      try (RawClient canceller = new RawClient(gateway.address())) {
        canceller.write(RawClient.request(80877102, client.key()));
        canceller.rest();
      }
      assertThat(client.answer().error()).isEqualTo("57014");
    }
  }

  private void awaitSleeping() throws SQLException {
    try (Connection direct = real.direct();
        Statement statement = direct.createStatement()) {
      boolean sleeps;
      do {
        try (ResultSet found =
            statement.executeQuery("select 1 from pg_stat_activity where wait_event = 'PgSleep'")) {
          sleeps = found.next();
        }
      } while (!sleeps);
    }
  }

  @Test
  void whoAsksForAPrimaryDoesNotGetAReplica() throws Exception {
    Upstream.Address replica =
        fake(client -> {
          FakeServer.letIn(client, true);
          FakeServer.silence(client);
        });
    try (SmallGateway gateway =
            new SmallGateway(upstream(LONG, Upstream.Target.PRIMARY, replica, real()));
        RawClient client = RawClient.signedIn(gateway.address())) {
      assertThat(client.ask("select pg_is_in_recovery()").rows()).containsExactly(List.of("f"));
    }
    assertThat(state(upstream(LONG, Upstream.Target.PRIMARY, replica))).isEqualTo("08001");
  }

  @Test
  void aServerThatDoesNotSayWhetherItIsAPrimaryIsNone() throws IOException {
    Upstream.Address old =
        fake(client -> {
          FakeServer.startup(client);
          FakeServer.say(
              client,
              RawClient.message('R', "\0\0\0\0"),
              RawClient.message('K', "\0\0\0\1\0\0\0\2"),
              RawClient.message('Z', "I"));
          FakeServer.silence(client);
        });
    assertThat(state(upstream(LONG, Upstream.Target.PRIMARY, old))).isEqualTo("08001");
  }

  @Test
  void aClientThatHangsUpEndsTheSearch() throws Exception {
    try (SmallGateway gateway = new SmallGateway(any(fake(FakeServer::silence), real()))) {
      try (RawClient client = new RawClient(gateway.address())) {
        client.write(RawClient.startup(3 << 16, "user", "alice", "database", "shop"));
        client.read();
        client.write(RawClient.message('p', FakeGate.TOKEN + "\0"));
        while (servers.getFirst().connections() == 0) {
          Thread.onSpinWait();
        }
      }
      assertThat(take(servers.getFirst())).isEqualTo("played");
      assertThat(gateway.gate.closed.take()).contains("hung up");
    }
  }

  private static String take(FakeServer server) {
    try {
      return String.valueOf(server.ended.poll(30, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Connection connect(SmallGateway gateway) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + gateway.address().getPort() + "/shop",
        "alice",
        FakeGate.TOKEN);
  }
}

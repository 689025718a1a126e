package dev.blastwall.protocol.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blastwall.protocol.FakeGate;
import dev.blastwall.protocol.Secret;
import dev.blastwall.protocol.Upstream;
import dev.blastwall.protocol.sql.SqlUnderstanding;
import dev.blastwall.transport.EventLoops;
import dev.blastwall.transport.Listener;
import dev.blastwall.transport.ServerTls;
import dev.blastwall.transport.UpstreamDialer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An upstream that offers TLS: its certificate decides whether anything is sent to it. */
class UpstreamTlsIT {

  private static EmbeddedPostgres server;
  private static ServerTls its;
  private static ServerTls another;

  @BeforeAll
  static void start() throws Exception {
    Path folder = Files.createTempDirectory(Path.of("target"), "upstream-tls").toAbsolutePath();
    its = ServerTls.selfSigned(Files.createDirectory(folder.resolve("its")), "localhost");
    another = ServerTls.selfSigned(Files.createDirectory(folder.resolve("another")), "localhost");
    // PostgreSQL refuses a key that others may read.
    Files.setPosixFilePermissions(its.key(), PosixFilePermissions.fromString("rw-------"));
    server =
        EmbeddedPostgres.builder()
            .setServerConfig("ssl", "on")
            .setServerConfig("ssl_cert_file", its.certificate().toString())
            .setServerConfig("ssl_key_file", its.key().toString())
            .start();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @Test
  void aCertificateOfTheGivenAuthorityIsEnough() throws Exception {
    assertThat(encrypted(upstream("localhost", its.certificate()))).isTrue();
  }

  @Test
  void anothersCertificateIsNot() {
    assertThatThrownBy(() -> encrypted(upstream("localhost", another.certificate())))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("upstream");
  }

  @Test
  void aSelfSignedCertificateIsNoneThatTheJvmTrusts() {
    assertThatThrownBy(() -> encrypted(upstream("localhost", null)))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("upstream");
  }

  @Test
  void scramIsBoundToTheCertificateOfTheRealServer() throws Exception {
    // That it is bound wherever the server offers it, as this one does, UpstreamPasswordTest says.
    try (Connection direct = server.getPostgresDatabase().getConnection();
        Statement statement = direct.createStatement()) {
      statement.execute("create role bound superuser login password 'only the gateway knows'");
      Path rules;
      try (ResultSet file = statement.executeQuery("show hba_file")) {
        file.next();
        rules = Path.of(file.getString(1));
      }
      Files.writeString(rules, "hostssl all bound all scram-sha-256\n" + Files.readString(rules));
      statement.execute("select pg_reload_conf()");
    }
    Upstream good = upstream("localhost", its.certificate());
    assertThat(encrypted(as(good, "only the gateway knows"))).isTrue();
    assertThatThrownBy(() -> encrypted(as(good, "something else")))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08004"));
  }

  private static Upstream as(Upstream upstream, String password) {
    return new Upstream(
        upstream.host(),
        upstream.port(),
        "bound",
        new Secret(password),
        upstream.database(),
        upstream.tls(),
        upstream.authorities());
  }

  @Test
  void aCancelReachesAnUpstreamThatIsSpokenToByTls() throws Exception {
    Upstream upstream = upstream("localhost", its.certificate());
    gateway(
        upstream,
        client -> {
          CompletableFuture<SQLException> failure = new CompletableFuture<>();
          try (Statement sleeping = client.createStatement()) {
            Thread sleeper =
                Thread.startVirtualThread(() -> {
                  try {
                    sleeping.execute("select pg_sleep(3600)");
                  } catch (SQLException e) {
                    failure.complete(e);
                  }
                });
            awaitSleeping();
            sleeping.cancel();
            sleeper.join();
          }
          assertThat(failure.join().getSQLState()).isEqualTo("57014");
        });
  }

  /** Only what runs already can be hit. */
  private static void awaitSleeping() throws SQLException {
    try (Connection direct = server.getPostgresDatabase().getConnection();
        Statement statement = direct.createStatement()) {
      for (Instant end = Instant.now().plusSeconds(30); Instant.now().isBefore(end); ) {
        try (ResultSet rows =
            statement.executeQuery("select 1 from pg_stat_activity where wait_event = 'PgSleep'")) {
          if (rows.next()) {
            return;
          }
        }
      }
      throw new AssertionError("the command does not run");
    }
  }

  private static Upstream upstream(String host, Path authorities) {
    return new Upstream(
        host,
        server.getPort(),
        "postgres",
        new Secret("postgres"),
        "postgres",
        Upstream.Tls.VERIFY_FULL,
        authorities);
  }

  /** Whether PostgreSQL says that the gateway's connection is encrypted. */
  private static boolean encrypted(Upstream upstream) throws Exception {
    AtomicBoolean encrypted = new AtomicBoolean();
    gateway(
        upstream,
        client -> {
          try (Statement statement = client.createStatement();
              ResultSet rows =
                  statement.executeQuery(
                      "select ssl from pg_stat_ssl where pid = pg_backend_pid()")) {
            rows.next();
            encrypted.set(rows.getBoolean(1));
          }
        });
    return encrypted.get();
  }

  private interface Work {
    void with(Connection client) throws Exception;
  }

  /** Does {@code work} with a client of a gateway in front of {@code upstream}. */
  private static void gateway(Upstream upstream, Work work) throws Exception {
    FakeGate gate = new FakeGate(() -> upstream);
    try (EventLoops loops = new EventLoops();
        SqlUnderstanding understanding = new SqlUnderstanding(1);
        PostgresqlCatalog catalog = new PostgresqlCatalog(understanding);
        Listener listener =
            Listener.bind(
                loops,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new PostgresqlProtocol(
                    gate,
                    ClientSide.of(another.context(PostgresqlProtocol.NAME), true),
                    new UpstreamDialer(List.of(upstream)),
                    understanding,
                    catalog));
        Connection client =
            DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + listener.address().getPort() + "/shop",
                "alice",
                FakeGate.TOKEN)) {
      work.with(client);
    }
  }
}

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
import java.util.List;
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
                    another.context(PostgresqlProtocol.NAME),
                    true,
                    new UpstreamDialer(List.of(upstream)),
                    understanding,
                    catalog));
        Connection client =
            DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + listener.address().getPort() + "/shop",
                "alice",
                FakeGate.TOKEN);
        Statement statement = client.createStatement();
        ResultSet rows =
            statement.executeQuery("select ssl from pg_stat_ssl where pid = pg_backend_pid()")) {
      rows.next();
      return rows.getBoolean(1);
    }
  }
}

package dev.blastwall.protocol.postgresql;

import dev.blastwall.protocol.FakeGate;
import dev.blastwall.protocol.Gate;
import dev.blastwall.protocol.Secret;
import dev.blastwall.protocol.Upstream;
import dev.blastwall.protocol.sql.SqlUnderstanding;
import dev.blastwall.transport.EventLoops;
import dev.blastwall.transport.Listener;
import dev.blastwall.transport.ServerTls;
import dev.blastwall.transport.UpstreamDialer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** A gateway for PostgreSQL with a fake gate, in front of a real server. */
final class TestGateway implements AutoCloseable {

  static final String USER = "gateway";
  static final String PASSWORD = "only the gateway knows";

  private final EmbeddedPostgres server;
  private final EventLoops loops = new EventLoops();
  private final SqlUnderstanding understanding = new SqlUnderstanding(1);
  private final PostgresqlCatalog catalog = new PostgresqlCatalog(understanding);
  private final Listener listener;
  final Path certificate;
  final FakeGate gate;

  private static final class Shared {
    private static final TestGateway INSTANCE = start();

    private static TestGateway start() {
      try {
        TestGateway gateway = new TestGateway();
        Runtime.getRuntime().addShutdownHook(new Thread(gateway::close));
        return gateway;
      } catch (IOException | SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** The one that all tests of a run share: starting a server takes seconds. */
  static TestGateway shared() {
    return Shared.INSTANCE;
  }

  TestGateway() throws IOException, SQLException {
    server =
        EmbeddedPostgres.builder().setServerConfig("password_encryption", "scram-sha-256").start();
    gate = new FakeGate(this::upstream);
    seed();
    ServerTls tls =
        ServerTls.selfSigned(Files.createTempDirectory(Path.of("target"), "tls"), "localhost");
    certificate = tls.certificate();
    listener = listen(gate, tls);
  }

  private Listener listen(Gate gate, ServerTls tls) throws IOException {
    return Listener.bind(
        loops,
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        new PostgresqlProtocol(
            gate,
            ClientSide.of(tls.context(PostgresqlProtocol.NAME), true),
            new UpstreamDialer(List.of()),
            understanding,
            catalog));
  }

  private void seed() throws SQLException {
    try (Connection admin = direct();
        Statement statement = admin.createStatement()) {
      statement.execute("create role " + USER + " superuser login password '" + PASSWORD + "'");
      statement.execute(
          """
          create table customers (
            id int primary key, name text, email text unique, card text, document jsonb, born date);
          insert into customers values
            (1, 'Ada', 'ada@example.org', '4111 1111 1111 1111', '{"email": "ada@example.org"}',
             '1815-12-10'),
            (2, 'Bob', 'bob@example.org', null, null, null);
          create table numbers as select generate_series(1, 10000) as n;
          create view addresses as select id as customer, email as address from customers\
          """);
    }
  }

  Upstream upstream() {
    return new Upstream(
        "localhost",
        server.getPort(),
        USER,
        new Secret(PASSWORD),
        "postgres",
        Upstream.Tls.DISABLE,
        null);
  }

  InetSocketAddress address() {
    return listener.address();
  }

  /** A connection that bypasses the gateway. */
  Connection direct() throws SQLException {
    return DriverManager.getConnection(server.getJdbcUrl("postgres", "postgres"));
  }

  @Override
  public void close() {
    listener.close();
    loops.close();
    catalog.close();
    understanding.close();
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** For a look by hand: prints how to connect and stays. */
  public static void main(String[] arguments) throws Exception {
    try (TestGateway gateway = new TestGateway()) {
      System.out.println(gateway.address().getPort() + " " + gateway.server.getPort());
      System.in.read();
    }
  }
}

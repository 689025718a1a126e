package dev.blastwall.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.blastwall.demo.DemoUser;
import dev.blastwall.demo.DevIssuer;
import dev.blastwall.demo.LocalPostgres;
import dev.blastwall.protocol.Upstream;
import dev.blastwall.recorder.Recorder;
import dev.blastwall.recorder.RecorderOptions;
import dev.blastwall.recorder.SessionReader;
import dev.blastwall.recorder.SessionSummary;
import dev.blastwall.recorder.SigningKey;
import dev.blastwall.recorder.StoredRecord;
import dev.blastwall.recorder.Verifier;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} under load: every command that the upstream executed under {@code record:
 * required} is in the recording after the restart.
 */
class KilledGatewayIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int CLIENTS = 6;
  private static final int WRITES_BEFORE_THE_KILL = 150;

  @TempDir private Path folder;

  @Test
  void whatTheUpstreamExecutedIsRecorded() throws Exception {
    try (LocalPostgres shop = LocalPostgres.shop(folder);
        DevIssuer issuer = DevIssuer.start()) {
      createProbe(shop);
      Process gateway = start(shop, issuer);
      try {
        int port = awaitReady(gateway).at("/endpoints/postgresql/port").asInt();
        writeUntilKilled(gateway, port, issuer);
      } finally {
        gateway.destroyForcibly();
      }

      Set<String> recorded = restartAndRead();

      assertThat(executed(shop)).hasSizeGreaterThanOrEqualTo(WRITES_BEFORE_THE_KILL);
      assertThat(recorded).containsAll(executed(shop));
    }
  }

  private static void createProbe(LocalPostgres shop) throws SQLException {
    try (Connection direct = direct(shop);
        Statement statement = direct.createStatement()) {
      statement.execute("create table probe (mark text)");
    }
  }

  private Process start(LocalPostgres shop, DevIssuer issuer) throws IOException {
    try (InputStream bundle = getClass().getResourceAsStream("/bundles/starter.tar.gz")) {
      Files.copy(Objects.requireNonNull(bundle), folder.resolve("starter.tar.gz"));
    }
    Upstream upstream = shop.upstream();
    Path config =
        Files.writeString(
            folder.resolve("blastwall.yaml"),
            """
            listeners:
              postgresql: {port: 0}
            api: {port: 0}
            issuers:
              - issuer: %s
                audiences: [blastwall]
                algorithms: [ES256]
            connections:
              shop:
                protocol: postgresql
                upstream:
                  {host: %s, port: %d, database: %s, user: %s, password: %s, tls: disable}
            policy: {bundle: starter.tar.gz}
            data: {folder: data}
            recording: {folder: recordings}
            """
                .formatted(
                    issuer.issuer(),
                    upstream.host(),
                    upstream.port(),
                    upstream.database(),
                    upstream.user(),
                    upstream.password().value()));
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "dev.blastwall.Main",
            "serve",
            "--config",
            config.toString(),
            "--ready-file",
            folder.resolve("ready.json").toString())
        .inheritIO()
        .start();
  }

  private JsonNode awaitReady(Process gateway) throws IOException {
    Path ready = folder.resolve("ready.json");
    for (Instant end = Instant.now().plus(PATIENCE); Instant.now().isBefore(end); ) {
      if (Files.exists(ready)) {
        return new ObjectMapper().readTree(ready.toFile());
      }
      assertThat(gateway.isAlive()).as("the gateway runs").isTrue();
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
    throw new AssertionError("the gateway does not start");
  }

  private static void writeUntilKilled(Process gateway, int port, DevIssuer issuer)
      throws InterruptedException {
    CountDownLatch written = new CountDownLatch(WRITES_BEFORE_THE_KILL);
    String token = issuer.token(DemoUser.ALICE);
    try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
      for (int client = 0; client < CLIENTS; client++) {
        int name = client;
        clients.execute(() -> write(port, token, name, written));
      }
      assertThat(written.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      gateway.destroyForcibly();
    }
    assertThat(gateway.waitFor()).isNotZero();
  }

  /** Writes marks, one a statement, until the connection breaks. */
  private static void write(int port, String token, int client, CountDownLatch written) {
    String url = "jdbc:postgresql://127.0.0.1:" + port + "/shop?sslmode=require";
    try (Connection alice = DriverManager.getConnection(url, "alice", token);
        PreparedStatement insert = alice.prepareStatement("insert into probe values (?)")) {
      for (int i = 0; i < Integer.MAX_VALUE; i++) {
        insert.setString(1, "mark-" + client + "-" + i);
        insert.executeUpdate();
        written.countDown();
      }
    } catch (SQLException e) {
      // The gateway was killed, which is what ends this client.
      assertThat(written.getCount()).as("writes before %s", e).isZero();
    }
  }

  /** What a gateway finds when it opens the folder again; every mark of a recorded insert. */
  private Set<String> restartAndRead() throws IOException {
    Path recordings = folder.resolve("recordings");
    SigningKey key = SigningKey.loadOrCreate(folder.resolve("data").resolve("keys"));
    Recorder.open(recordings, key, RecorderOptions.defaults()).close();
    assertThat(Verifier.verify(recordings, key.publicKey()).findings()).isEmpty();
    SessionReader reader = new SessionReader(recordings);
    Set<String> marks = new HashSet<>();
    for (SessionSummary session : List.copyOf(reader.sessions())) {
      try (Stream<StoredRecord> records = reader.records(session.id())) {
        records
            .filter(record -> record.event().type().equals("command"))
            .forEach(record -> marks.addAll(marksIn(record)));
      }
    }
    return marks;
  }

  private static List<String> marksIn(StoredRecord record) {
    try {
      JsonNode command =
          new ObjectMapper().readTree(new String(record.event().body(), StandardCharsets.UTF_8));
      return command.path("parameters").isEmpty()
          ? List.of()
          : List.of(command.at("/parameters/0").asText());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Set<String> executed(LocalPostgres shop) throws SQLException {
    Set<String> marks = new HashSet<>();
    try (Connection direct = direct(shop);
        Statement statement = direct.createStatement();
        ResultSet rows = statement.executeQuery("select mark from probe")) {
      while (rows.next()) {
        marks.add(rows.getString(1));
      }
    }
    return marks;
  }

  private static Connection direct(LocalPostgres shop) throws SQLException {
    Upstream upstream = shop.upstream();
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + upstream.port() + "/" + upstream.database(),
        upstream.user(),
        upstream.password().value());
  }
}

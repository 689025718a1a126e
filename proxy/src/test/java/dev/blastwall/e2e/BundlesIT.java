package dev.blastwall.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.blastwall.config.Configuration;
import dev.blastwall.demo.DemoUser;
import dev.blastwall.gateway.Gateway;
import dev.blastwall.protocol.Upstream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.spec.ECGenParameterSpec;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A running gateway whose policy is built and signed by the real tool and served by a plain HTTP
 * server with ETags.
 */
class BundlesIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private static Path work;
  private static RunningDemo demo;
  private static HttpServer server;
  private static volatile byte[] served = {};
  private static Path key;
  private static Gateway gateway;

  @BeforeAll
  static void start() throws Exception {
    demo = new RunningDemo();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/bundles/main.tar.gz", BundlesIT::answer);
    server.start();
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair pair = generator.generateKeyPair();
    key = pem("signing.pem", "PRIVATE KEY", pair.getPrivate());
    pem("verify.pem", "PUBLIC KEY", pair.getPublic());
    served = bundle("r1", FORWARD, true);
    gateway = Gateway.start(configuration());
  }

  @AfterAll
  static void stop() {
    if (gateway != null) {
      gateway.close();
    }
    server.stop(0);
    demo.close();
  }

  /** What a new user would write. */
  private static Configuration configuration() throws Exception {
    Upstream upstream = demo.demo().upstream();
    Path file =
        Files.writeString(
            work.resolve("blastwall.yaml"),
            """
            listeners:
              postgresql: {port: 0}
            api: {port: 0}
            issuers:
              - issuer: %s
                audiences: blastwall
            connections:
              shop:
                protocol: postgresql
                upstream: {host: 127.0.0.1, port: %d, database: %s, user: %s, password: %s, tls: disable}
            policy:
              bundles:
                main:
                  url: http://127.0.0.1:%d/bundles/main.tar.gz
                  polling: {min_delay: 20ms, max_delay: 50ms}
              keys:
                default: {algorithm: ES256, key_file: verify.pem}
            """
                .formatted(
                    demo.demo().issuer().trusted().issuer(),
                    upstream.port(),
                    upstream.database(),
                    upstream.user(),
                    upstream.password().value(),
                    server.getAddress().getPort()));
    return Configuration.load(file);
  }

  private static final String FORWARD =
      """
      decision := {"outcome": "forward", "reasons": [{"code": "open", "message": "open"}], "masks": [], "limits": {}, "log": {}, "record": "buffered"}
      """;

  private static final String REFUSE =
      """
      decision := {"outcome": "forward", "reasons": [{"code": "open", "message": "open"}], "masks": [], "limits": {}, "log": {}, "record": "buffered"} if input.point == "connect"
      else := {"outcome": "refuse", "reasons": [{"code": "closed", "message": "closed for today"}], "masks": [], "limits": {}, "log": {}, "record": "buffered"}
      """;

  @Test
  void aLiveSessionIsJudgedByTheNextBundleAndNothingWrongBecomesOne() throws Exception {
    try (Connection alice = connect();
        Statement statement = alice.createStatement()) {
      assertThat(statement.execute("select 1")).isTrue();
      assertThat(gateway.bundleRevision()).isEqualTo("r1");

      // A new one is picked up, and the session that was there before is judged by it.
      served = bundle("r2", REFUSE, true);
      await("r2");
      assertThatThrownBy(() -> statement.execute("select 1"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("closed for today");
      served = bundle("r3", FORWARD, true);
      await("r3");
      assertThat(statement.execute("select 1")).isTrue();

      // What is wrong is fetched and not activated, while decisions go on.
      byte[] good = bundle("r4", FORWARD, true);
      byte[] tampered = good.clone();
      tampered[tampered.length / 2] ^= 1;
      for (byte[] wrong :
          List.of(
              tampered,
              bundle("r4", REFUSE, false),
              bundle("r4", FORWARD.replace("[]", "net.lookup_ip_addr(\"example.org\")"), true))) {
        serveTwice(wrong);
        assertThat(gateway.bundleRevision()).isEqualTo("r3");
        assertThat(statement.execute("select 1")).isTrue();
      }

      served = good;
      await("r4");
      assertThat(statement.execute("select 1")).isTrue();
    }
  }

  private static byte[] bundle(String revision, String rules, boolean signed) throws Exception {
    Path folder = Files.createTempDirectory(work, "policy");
    Path archive = folder.resolveSibling(folder.getFileName() + ".tar.gz");
    Files.writeString(folder.resolve("gate.rego"), "package blastwall\n\n" + rules);
    List<String> command =
        new ArrayList<>(List.of(opa(), "build", "-b", "-t", "plan", "-e", "blastwall/decision"));
    command.addAll(List.of("--revision", revision, "-o", archive.toString(), "."));
    if (signed) {
      command.addAll(List.of("--signing-key", key.toString(), "--signing-alg", "ES256"));
    }
    Program built = Program.run(folder, Map.of(), "", command);
    assertThat(built.exitCode()).as(built.output()).isZero();
    return Files.readAllBytes(archive);
  }

  private static Path pem(String name, String type, Key key) throws IOException {
    String text = Base64.getMimeEncoder().encodeToString(key.getEncoded());
    return Files.writeString(
        work.resolve(name),
        "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(type, text, type));
  }

  private static String opa() throws IOException, InterruptedException {
    Program found = Program.run(Path.of("").toAbsolutePath(), Map.of(), "", List.of("../ci/opa"));
    assertThat(found.exitCode()).as(found.output()).isZero();
    return found.output().lines().reduce((first, last) -> last).orElseThrow();
  }

  /** Serves something until it was asked for again: then it was looked at, and not taken. */
  private static void serveTwice(byte[] archive) {
    served = archive;
    int seen = asked(archive);
    awaitTrue(() -> asked(archive) >= seen + 2, "the bundle is asked for again");
  }

  private static final Map<String, Integer> ASKED = new ConcurrentHashMap<>();

  private static int asked(byte[] archive) {
    return ASKED.getOrDefault(etag(archive), 0);
  }

  private static void await(String revision) {
    awaitTrue(() -> gateway.bundleRevision().equals(revision), revision + " is active");
  }

  private static void awaitTrue(BooleanSupplier condition, String what) {
    for (Instant end = Instant.now().plus(PATIENCE); Instant.now().isBefore(end); ) {
      if (condition.getAsBoolean()) {
        return;
      }
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
    throw new AssertionError("did not happen: " + what);
  }

  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] archive = served;
      String etag = etag(archive);
      ASKED.merge(etag, 1, Integer::sum);
      exchange.getResponseHeaders().set("ETag", etag);
      if (Objects.equals(exchange.getRequestHeaders().getFirst("If-None-Match"), etag)) {
        exchange.sendResponseHeaders(304, -1);
      } else {
        exchange.sendResponseHeaders(200, archive.length);
        exchange.getResponseBody().write(archive);
      }
    }
  }

  private static String etag(byte[] archive) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(archive);
      return "\"" + HexFormat.of().formatHex(hash, 0, 8) + "\"";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", DemoUser.ALICE.word());
    properties.setProperty("password", demo.token(DemoUser.ALICE));
    properties.setProperty("sslmode", "require");
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + gateway.postgresql().getPort() + "/shop", properties);
  }
}

package dev.blastwall.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.blastwall.config.Configuration;
import dev.blastwall.demo.DemoUser;
import dev.blastwall.gateway.Gateway;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A running gateway whose policy is built and signed by the real tool and served by a plain HTTP
 * server with ETags.
 */
final class ServedPolicy implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Path work;
  private final RunningDemo demo;
  private final HttpServer server;
  private final Path key;
  private final Gateway gateway;
  private final Map<String, Integer> asked = new ConcurrentHashMap<>();
  private volatile byte[] served;

  /** Serves a bundle with these rules as revision r1, and starts a gateway that decides by it. */
  ServedPolicy(Path work, String rules) throws Exception {
    this.work = work;
    demo = new RunningDemo();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/bundles/main.tar.gz", this::answer);
    server.start();
    key = SigningKeys.write(work);
    served = signed("r1", sources(rules));
    gateway = Gateway.start(configuration());
  }

  /** What a new user would write. */
  private Configuration configuration() throws Exception {
    return demo.configuration(
        work,
        "",
        """
        policy:
          bundles:
            main:
              url: http://127.0.0.1:%d/bundles/main.tar.gz
              polling: {min_delay: 20ms, max_delay: 50ms}
          keys:
            default: {algorithm: ES256, key_file: verify.pem}
        """
            .formatted(server.getAddress().getPort()));
  }

  /** The demo whose database it stands before. */
  RunningDemo demo() {
    return demo;
  }

  Gateway gateway() {
    return gateway;
  }

  /** A folder of sources with these rules for decisions. */
  Path sources(String rules) throws IOException {
    Path folder = Files.createTempDirectory(work, "policy");
    Files.writeString(folder.resolve("gate.rego"), "package blastwall\n\n" + rules);
    return folder;
  }

  /** A bundle as a pipeline would make it. */
  byte[] signed(String revision, Path sources, String... more) throws Exception {
    List<String> signing =
        new ArrayList<>(List.of("--signing-key", key.toString(), "--signing-alg", "ES256"));
    signing.addAll(Arrays.asList(more));
    return unsigned(revision, sources, signing.toArray(String[]::new));
  }

  byte[] unsigned(String revision, Path sources, String... more) throws Exception {
    Path archive = sources.resolveSibling(sources.getFileName() + ".tar.gz");
    List<String> command =
        new ArrayList<>(
            List.of(
                OpaTool.path().toString(),
                "build",
                "-b",
                "-t",
                "plan",
                "-e",
                "blastwall/decision",
                "--revision",
                revision,
                "-o",
                archive.toString()));
    command.addAll(Arrays.asList(more));
    command.add(".");
    Program built = Program.run(sources, Map.of(), "", command);
    assertThat(built.exitCode()).as(built.output()).isZero();
    return Files.readAllBytes(archive);
  }

  /** Serves a bundle until it is active. */
  void activate(String revision, byte[] archive) {
    served = archive;
    awaitTrue(() -> gateway.bundleRevision().equals(revision), revision + " is active");
  }

  /** Serves something until it was asked for again: then it was looked at, and not taken. */
  void serveTwice(byte[] archive) {
    served = archive;
    int seen = asked(archive);
    awaitTrue(() -> asked(archive) >= seen + 2, "the bundle is asked for again");
  }

  private int asked(byte[] archive) {
    return asked.getOrDefault(etag(archive), 0);
  }

  static void awaitTrue(BooleanSupplier condition, String what) {
    for (Instant end = Instant.now().plus(PATIENCE); Instant.now().isBefore(end); ) {
      if (condition.getAsBoolean()) {
        return;
      }
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
    throw new AssertionError("did not happen: " + what);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] archive = served;
      String etag = etag(archive);
      asked.merge(etag, 1, Integer::sum);
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

  Connection connect() throws SQLException {
    return demo.connect(gateway, DemoUser.ALICE);
  }

  @Override
  public void close() {
    gateway.close();
    server.stop(0);
    demo.close();
  }
}

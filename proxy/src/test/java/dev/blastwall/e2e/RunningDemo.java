package dev.blastwall.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.blastwall.config.Configuration;
import dev.blastwall.demo.Demo;
import dev.blastwall.demo.DemoUser;
import dev.blastwall.gateway.Gateway;
import dev.blastwall.gateway.Parts;
import dev.blastwall.protocol.Upstream;
import dev.blastwall.recorder.SessionReader;
import dev.blastwall.recorder.SessionSummary;
import dev.blastwall.recorder.StoredRecord;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A demo for a test class: the gateway, its database, its users and its recording. */
final class RunningDemo implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Parts parts = new Parts();
  private final Demo demo;

  RunningDemo() throws Exception {
    demo = Demo.start(null, null, parts);
  }

  int port() {
    return demo.gateway().postgresql().getPort();
  }

  String token(DemoUser user) {
    return demo.token(user);
  }

  Demo demo() {
    return demo;
  }

  /** A JDBC connection through the gateway. */
  Connection connect(DemoUser user) throws SQLException {
    return connect(user, new Properties());
  }

  Connection connect(DemoUser user, Properties more) throws SQLException {
    return connect(demo.gateway(), user, more);
  }

  /** A JDBC connection through another gateway before the same database. */
  Connection connect(Gateway gateway, DemoUser user) throws SQLException {
    return connect(gateway, user, new Properties());
  }

  Connection connect(Gateway gateway, DemoUser user, Properties more) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user.word());
    properties.setProperty("password", token(user));
    properties.setProperty("sslmode", "require");
    more.forEach(properties::put);
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:%d/%s"
            .formatted(gateway.postgresql().getPort(), Demo.CONNECTION),
        properties);
  }

  /**
   * What a gateway of a test's own before the same database is told.
   *
   * @param folder where {@code blastwall.yaml} is written
   * @param connection more lines about the connection
   * @param rest more lines about all else
   */
  Configuration configuration(Path folder, String connection, String rest) throws Exception {
    Upstream upstream = demo.upstream();
    String base =
        """
        listeners:
          postgresql: {port: 0}
        api: {port: 0}
        issuers:
          - issuer: %s
            audiences: blastwall
            kinds: [{claim: run_id, kind: ci}]
            accept_actors: true
        connections:
          %s:
            protocol: postgresql
            upstream: {host: 127.0.0.1, port: %d, database: %s, user: %s, password: %s, tls: disable}
        """
            .formatted(
                demo.issuer().trusted().issuer(),
                Demo.CONNECTION,
                upstream.port(),
                upstream.database(),
                upstream.user(),
                upstream.password().value());
    Path file = folder.resolve("blastwall.yaml");
    return Configuration.load(Files.writeString(file, base + connection.indent(4) + rest));
  }

  /** A JDBC connection past the gateway, to see what really happened. */
  Connection direct() throws SQLException {
    Upstream upstream = demo.upstream();
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + upstream.port() + "/" + upstream.database(),
        upstream.user(),
        upstream.password().value());
  }

  /** The commands that wait for dora. */
  JsonNode held() throws Exception {
    return JSON.readTree(api("GET", "", "", DemoUser.DORA).body()).path("approvals");
  }

  /** Waits until one command is held. */
  JsonNode awaitHeld() throws Exception {
    for (Instant end = Instant.now().plus(PATIENCE); Instant.now().isBefore(end); ) {
      JsonNode held = held();
      if (!held.isEmpty()) {
        return held.get(0);
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
    throw new AssertionError("nothing was held");
  }

  /** Dora's answer: approve or deny. */
  void answer(JsonNode held, String word) throws Exception {
    String body = JSON.createObjectNode().put("digest", held.path("digest").asText()).toString();
    HttpResponse<String> response =
        api("POST", "/" + held.path("id").asText() + "/" + word, body, DemoUser.DORA);
    if (response.statusCode() != 200) {
      throw new AssertionError(response.body());
    }
  }

  /** Waits until no command is held. */
  void awaitNothingHeld() throws Exception {
    for (Instant end = Instant.now().plus(PATIENCE); Instant.now().isBefore(end); ) {
      if (held().isEmpty()) {
        return;
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
    throw new AssertionError("something is still held");
  }

  /** What {@code user} asks of the approvals. */
  HttpResponse<String> api(String method, String path, String body, DemoUser user)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(demo.gateway().api() + "/v1/approvals" + path))
            .header("Authorization", "Bearer " + token(user))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }

  /** The gateway's own certificate, which clients may verify. */
  Path certificate() {
    return demo.gateway().recordings().resolveSibling("gateway.crt");
  }

  Path recordings() {
    return demo.gateway().recordings();
  }

  /** Every record of every session so far, as one text. */
  String recorded() throws IOException {
    SessionReader reader = new SessionReader(recordings());
    StringBuilder all = new StringBuilder();
    for (SessionSummary session : List.copyOf(reader.sessions())) {
      all.append(new String(session.metadata(), StandardCharsets.UTF_8)).append('\n');
      try (Stream<StoredRecord> records = reader.records(session.id())) {
        records.forEach(record ->
            all.append(record.event().type())
                .append(' ')
                .append(new String(record.event().body(), StandardCharsets.UTF_8))
                .append('\n'));
      }
    }
    return all.toString();
  }

  /** Waits until the recording holds {@code text}: buffered records take a moment. */
  void awaitRecorded(String text) throws IOException {
    for (Instant end = Instant.now().plus(PATIENCE); Instant.now().isBefore(end); ) {
      if (recorded().contains(text)) {
        return;
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
    throw new AssertionError("not recorded: " + text);
  }

  @Override
  public void close() {
    parts.close();
  }
}

package dev.blastwall.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blastwall.config.Configuration;
import dev.blastwall.demo.DemoUser;
import dev.blastwall.gateway.Gateway;
import dev.blastwall.recorder.SessionReader;
import dev.blastwall.recorder.SessionSummary;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;
import org.postgresql.util.PSQLException;

/** A policy on trial, one that decides for some, and sessions that a new one no longer allows. */
class ShadowIT {

  private static final String FORWARD =
      """
      open := {"outcome": "forward", "reasons": [{"code": "open", "message": "open"}], "masks": [], "limits": {}, "log": {}, "record": "buffered"}

      closed(message) := {"outcome": "refuse", "reasons": [{"code": "closed", "message": message}], "masks": [], "limits": {}, "log": {}, "record": "buffered"}

      """;

  private static final String OPEN = FORWARD + "decision := open\n";

  /** Refuses one text, and never comes to an end with another. */
  private static final String TRIAL =
      FORWARD
          + """
          decision := open if not troubled

          else := closed("not in the trial")

          troubled if contains(input.command.text, "unwanted")

          troubled if {
          	contains(input.command.text, "endless")
          	some a in numbers.range(1, 10000)
          	some b in numbers.range(1, 10000)
          	a * b < 0
          }
          """;

  private static final String NEXT =
      FORWARD
          + """
          decision := closed("closed by the candidate") if contains(input.command.text, "select 1")

          else := open
          """;

  private static final String WITHOUT_DORA =
      FORWARD
          + """
          decision := closed("dora is no longer welcome") if {
          	input.point == "connect"
          	input.principal.subject == "dora"
          }

          else := open
          """;

  @TempDir private Path work;
  private static RunningDemo demo;
  private final HttpClient http = HttpClient.newHttpClient();
  private Gateway gateway;

  @BeforeAll
  static void startDemo() throws Exception {
    demo = new RunningDemo();
  }

  @AfterAll
  static void stopDemo() {
    demo.close();
  }

  @BeforeEach
  void start() throws Exception {
    bundle("main", "r1", OPEN);
    bundle("trial", "t1", TRIAL);
    bundle("next", "n1", NEXT);
    gateway = Gateway.start(configuration());
  }

  @AfterEach
  void stop() {
    http.close();
    if (gateway != null) {
      gateway.close();
    }
  }

  private Configuration configuration() throws Exception {
    return demo.configuration(
        work,
        "shadow: trial",
        """
        policy:
          bundles:
            rules: {file: main.tar.gz, polling: {min_delay: 20ms, max_delay: 50ms}}
          sets:
            next:
              subjects: [pipeline]
              bundle: next.tar.gz
            trial:
              bundle: trial.tar.gz
        """);
  }

  @Test
  void aShadowThatRefusesIsNeverFelt() throws Exception {
    try (Connection alice = demo.connect(gateway, DemoUser.ALICE);
        Statement statement = alice.createStatement()) {
      assertThat(statement.execute("select 'unwanted'")).isTrue();
      assertThat(statement.execute("select 'fine'")).isTrue();

      awaitCount(1, "point=\"command\"", "result=\"different\"");
      ServedPolicy.awaitTrue(
          () -> shadow("point=\"command\"", "result=\"same\"") >= 1, "the other is the same");
      assertThat(shadow("point=\"connect\"", "result=\"same\"")).isEqualTo(1);
      assertThat(shadow("point=\"command\"", "result=\"error\"")).isZero();
    }
    ServedPolicy.awaitTrue(
        () ->
            records("shadow").stream()
                .anyMatch(record ->
                    record.contains("\"shadow\":\"trial\"")
                        && record.contains("\"outcome\":\"forward\"")
                        && record.contains("\"shadow_outcome\":\"refuse\"")
                        && record.contains("not in the trial")
                        && record.contains("t1")),
        "the difference is recorded");
    assertThat(records("shadow").stream().filter(record -> record.contains("not in the trial")))
        .allMatch(record -> isDecisionOf("unwanted", record));
  }

  /** Whether the record names the decision of a command with this text. */
  private boolean isDecisionOf(String text, String record) {
    String id = record.replaceAll(".*\"decision\":\"([^\"]+)\".*", "\"decision\":\"$1\"");
    return records("command").stream().anyMatch(it -> it.contains(id) && it.contains(text))
        || records("result").stream().anyMatch(it -> it.contains(id));
  }

  @Test
  void aShadowThatCannotDecideChangesNothing() throws Exception {
    try (Connection alice = demo.connect(gateway, DemoUser.ALICE);
        Statement statement = alice.createStatement()) {
      assertThat(statement.execute("select 'endless'")).isTrue();
      assertThat(statement.execute("select 'fine'")).isTrue();

      awaitCount(1, "point=\"command\"", "result=\"error\"");
    }
    ServedPolicy.awaitTrue(
        () -> records("shadow").stream().anyMatch(record -> record.contains("policy_error")),
        "the failure is recorded");
  }

  @Test
  void aCandidateDecidesForItsSubjectOnly() throws Exception {
    try (Connection alice = demo.connect(gateway, DemoUser.ALICE);
        Connection pipeline = demo.connect(gateway, DemoUser.PIPELINE);
        Statement statement = alice.createStatement();
        Statement refused = pipeline.createStatement()) {
      assertThat(statement.execute("select 1")).isTrue();
      assertThatThrownBy(() -> refused.execute("select 1"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("closed by the candidate");
    }

    assertThat(metric("blastwall_decisions_total", "set=\"next\"", "outcome=\"refuse\"", "command"))
        .isPositive();
    assertThat(metric("blastwall_decisions_total", "set=\"main\"", "outcome=\"refuse\"", "command"))
        .isZero();
    assertThat(get("/v1/status")).contains("\"rules\":", "\"next.policy\":", "\"trial.policy\":");
    assertThat(metric("opa_bundle_activations_total", "name=\"next.policy\"")).isEqualTo(1);
    ServedPolicy.awaitTrue(
        () -> records("shape").stream().anyMatch(shape -> shape.contains("\"revision\":\"n1\"")),
        "the record says which decided");
  }

  @Test
  void aSessionThatANewPolicyDoesNotAllowEndsAndNoOtherDoes() throws Exception {
    try (Connection alice = demo.connect(gateway, DemoUser.ALICE);
        Connection dora = demo.connect(gateway, DemoUser.DORA);
        Statement statement = alice.createStatement();
        PreparedStatement prepared = alice.prepareStatement("select v from kept where v = ?")) {
      // Given
      statement.execute("create temp table kept as select 7 as v");
      prepared.unwrap(org.postgresql.PGStatement.class).setPrepareThreshold(1);
      assertThat(seven(prepared)).isEqualTo(7);
      int backend = backend(statement);

      // When
      bundle("main", "r2", WITHOUT_DORA);

      // Then: she hears of it without asking anything.
      assertThatThrownBy(() -> dora.unwrap(PGConnection.class).getNotifications(120_000))
          .isInstanceOfSatisfying(
              PSQLException.class,
              e -> {
                assertThat(e.getSQLState()).isEqualTo("57P01");
                assertThat(e.getServerErrorMessage().getSeverity()).isEqualTo("FATAL");
                assertThat(e.getServerErrorMessage().getMessage())
                    .contains("no longer allows", "dora is no longer welcome");
                assertThat(e.getServerErrorMessage().getDetail()).startsWith("decision ");
              });
      assertThatThrownBy(() -> demo.connect(gateway, DemoUser.DORA))
          .hasMessageContaining("dora is no longer welcome");

      assertThat(seven(prepared)).isEqualTo(7);
      assertThat(backend(statement)).isEqualTo(backend);
    }
    ServedPolicy.awaitTrue(
        () ->
            records("connect").stream().anyMatch(record -> record.contains("\"refuse\""))
                && records("connect").stream().anyMatch(record -> record.contains("\"forward\"")),
        "both answers are recorded");
  }

  private static int seven(PreparedStatement prepared) throws SQLException {
    prepared.setInt(1, 7);
    try (ResultSet rows = prepared.executeQuery()) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private static int backend(Statement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery("select pg_backend_pid()")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  /** A bundle as a pipeline would put it there. */
  private void bundle(String name, String revision, String rules) throws Exception {
    Path sources = Files.createTempDirectory(work, name);
    Files.writeString(sources.resolve("gate.rego"), "package blastwall\n\n" + rules);
    Path built = sources.resolveSibling(sources.getFileName() + ".tar.gz");
    Program opa =
        Program.run(
            sources,
            Map.of(),
            "",
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
                built.toString(),
                "."));
    assertThat(opa.exitCode()).as(opa.output()).isZero();
    Files.move(built, work.resolve(name + ".tar.gz"), StandardCopyOption.ATOMIC_MOVE);
  }

  private void awaitCount(int least, String... labels) {
    ServedPolicy.awaitTrue(() -> shadow(labels) >= least, String.join(" ", labels));
  }

  private double shadow(String... labels) {
    return metric("blastwall_shadow_decisions_total", labels);
  }

  private double metric(String name, String... parts) {
    return get("/metrics")
        .lines()
        .filter(line -> line.startsWith(name + "{"))
        .filter(line -> Arrays.stream(parts).allMatch(line::contains))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private String get(String path) {
    try {
      URI uri = gateway.api().resolve(path);
      return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** The bodies of all records of a type, so far. */
  private List<String> records(String type) {
    try {
      List<String> all = new ArrayList<>();
      SessionReader reader = new SessionReader(gateway.recordings());
      for (SessionSummary session : List.copyOf(reader.sessions())) {
        try (var records = reader.records(session.id())) {
          records
              .filter(record -> record.event().type().equals(type))
              .map(record -> new String(record.event().body(), StandardCharsets.UTF_8))
              .forEach(all::add);
        }
      }
      return all;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}

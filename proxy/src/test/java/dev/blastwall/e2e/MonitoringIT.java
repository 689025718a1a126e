package dev.blastwall.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.blastwall.config.Configuration;
import dev.blastwall.demo.DemoUser;
import dev.blastwall.gateway.Gateway;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a running gateway says about itself, to whoever asks. */
class MonitoringIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path work;
  private final HttpClient http = HttpClient.newHttpClient();
  private RunningDemo demo;
  private Gateway gateway;

  @BeforeEach
  void start() throws Exception {
    demo = new RunningDemo();
    gateway = Gateway.start(configuration());
  }

  @AfterEach
  void stop() {
    http.close();
    if (gateway != null) {
      gateway.close();
    }
    demo.close();
  }

  private Configuration configuration() throws Exception {
    try (var in = MonitoringIT.class.getResourceAsStream("/bundles/starter.tar.gz")) {
      Files.copy(Objects.requireNonNull(in), work.resolve("starter.tar.gz"));
    }
    return demo.configuration(
        work,
        "",
        """
        policy:
          bundle: starter.tar.gz
        decision_logs:
          file: decisions.ndjson
          labels: {region: north}
        """);
  }

  @Test
  void decisionsSessionsAndHoldsAreCounted() throws Exception {
    assertThat(value("blastwall_sessions_open", "connection=\"shop\"")).isZero();
    try (Connection alice = demo.connect(gateway, DemoUser.ALICE);
        Statement statement = alice.createStatement()) {
      statement.execute("select 1");
      assertThatThrownBy(() -> statement.execute("drop table customers"))
          .isInstanceOf(SQLException.class);

      assertThat(value("blastwall_sessions_open", "connection=\"shop\"")).isEqualTo(1);
      assertThat(decisions("connect", "forward")).isEqualTo(1);
      assertThat(decisions("command", "forward")).isPositive();
      assertThat(decisions("command", "refuse")).isEqualTo(1);
      assertThat(decisions("result", "forward")).isPositive();
      assertThat(decisions("command", "error")).isZero();
      assertThat(
              value("blastwall_decision_time_seconds_bucket", "point=\"connect\"", "le=\"+Inf\""))
          .isEqualTo(1);
      assertThat(value("blastwall_sign_ins_total", "outcome=\"admitted\"")).isEqualTo(1);
      assertThat(value("opa_bundle_activations_total", "name=\"policy\"")).isEqualTo(1);
      assertThat(value("opa_bundle_failures_total", "name=\"policy\"")).isZero();
      awaitTrue(
          () -> value("opa_decision_log_events_total", "outcome=\"logged\"") >= 4,
          "the log has the decisions");

      holdAndGiveUp(alice, statement);
    }
    awaitTrue(
        () -> value("blastwall_sessions_open", "connection=\"shop\"") == 0, "the session is over");
  }

  private void holdAndGiveUp(Connection alice, Statement statement) throws Exception {
    CompletableFuture<SQLException> ended = new CompletableFuture<>();
    Thread.startVirtualThread(() -> {
      try {
        statement.execute("select * from customers");
        ended.complete(new SQLException("was not held"));
      } catch (SQLException e) {
        ended.complete(e);
      }
    });
    awaitTrue(() -> value("blastwall_holds_pending") == 1, "the command is held");
    assertThat(decisions("command", "hold")).isEqualTo(1);

    statement.cancel();

    assertThat(ended.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).getMessage())
        .contains("cancelled while it waited");
    assertThat(value("blastwall_holds_pending")).isZero();
  }

  @Test
  void theStatusIsOpasDocument() throws Exception {
    JsonNode status = new ObjectMapper().readTree(get("/v1/status")).path("result");

    assertThat(status.path("labels").path("id").asText()).isNotEmpty();
    assertThat(status.path("labels").path("region").asText()).isEqualTo("north");
    JsonNode bundle = status.path("bundles").path("policy");
    assertThat(bundle.path("active_revision").asText()).isEqualTo(gateway.bundleRevision());
    assertThat(Instant.parse(bundle.path("last_successful_activation").asText()))
        .isBefore(Instant.now());
    assertThat(bundle.has("message")).isFalse();
    assertThat(status.path("plugins").path("bundle").path("state").asText()).isEqualTo("OK");
    assertThat(status.path("plugins").path("decision_logs").path("state").asText()).isEqualTo("OK");
    assertThat(status.path("decision_logs").has("code")).isFalse();
  }

  @Test
  void neitherNamesPeopleCommandsOrSecrets() throws Exception {
    try (Connection alice = demo.connect(gateway, DemoUser.ALICE);
        Statement statement = alice.createStatement()) {
      statement.execute("select 'a literal'");
    }

    assertThat(get("/metrics") + get("/v1/status"))
        .contains("blastwall_decisions_total", "active_revision")
        .doesNotContain(
            "alice",
            "literal",
            demo.token(DemoUser.ALICE),
            demo.demo().upstream().password().value());
  }

  @Test
  void whatIsCountedIsDocumentedAndTheOtherWayRound() throws Exception {
    String documentation = Files.readString(Path.of("../examples/bundles/README.md"));
    // Only a gateway with a sidecar or a shadow has those.
    List<String> documented =
        names("`((?:blastwall|opa)_[a-z_]+)`", documentation).stream()
            .filter(name -> !name.startsWith("opa_sidecar"))
            .filter(name -> !name.startsWith("blastwall_shadow"))
            .toList();

    // What Micrometer adds to a timer by itself.
    List<String> counted =
        names("# TYPE ([a-z_]+) ", get("/metrics")).stream()
            .filter(name -> !name.endsWith("_max"))
            .toList();

    assertThat(counted).containsExactlyInAnyOrderElementsOf(documented);
  }

  private static List<String> names(String pattern, String text) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map(found -> found.group(1))
        .distinct()
        .toList();
  }

  private double decisions(String point, String outcome) {
    return value(
        "blastwall_decisions_total",
        "connection=\"shop\"",
        "point=\"" + point + "\"",
        "outcome=\"" + outcome + "\"");
  }

  /** The value of the one sample with these labels. */
  private double value(String name, String... labels) {
    String metrics = get("/metrics");
    return metrics
        .lines()
        .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
        .filter(line -> Arrays.stream(labels).allMatch(line::contains))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .reduce((one, other) -> {
          throw new AssertionError("two samples of " + name + " in\n" + metrics);
        })
        .orElseThrow(() -> new AssertionError("no " + name + " in\n" + metrics));
  }

  private String get(String path) {
    URI uri = gateway.api().resolve(path);
    try {
      HttpResponse<String> response =
          http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
      assertThat(response.statusCode()).isEqualTo(200);
      return response.body();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
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
}

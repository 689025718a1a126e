package dev.blastwall.opa.decisionlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastwall.opa.Evaluation;
import dev.blastwall.opa.Json;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import dev.blastwall.opa.bundle.BundleReader;
import dev.blastwall.opa.bundle.Opa;
import dev.blastwall.opa.bundle.ServerProcess;
import dev.blastwall.opa.embedded.EmbeddedEngine;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real OPA and this log are asked the same, of the same bundle, and tell the same service. */
class OpaParityIT {
  private static final String POLICY =
      """
      package shop

      decision := {"allow": input.user == "alice", "groups": {"b", "a"}} if not input.undefined
      """;

  private static final String LOG =
      """
      package system.log

      mask contains "/input/password"
      mask contains "/input/cards/0"
      mask contains "/input/no such thing"
      mask contains {"op": "upsert", "path": "/input/user", "value": "**"} if input.input.secret
      mask contains {"op": "upsert", "path": "/input/added/below", "value": {"x": [1]}} if input.input.secret
      mask contains {"op": "remove", "path": "/result/allow"} if input.result.allow
      mask contains "/result/groups/0" if input.input.groups
      mask contains "/input" if input.input.all

      drop if input.input.drop
      """;

  private static final List<String> INPUTS =
      List.of(
          "{\"user\": \"alice\"}",
          "{\"user\": \"bob\", \"password\": \"x\", \"cards\": [1, 2, 3]}",
          "{\"user\": \"bob\", \"secret\": true, \"big\": 123456789012345678901234567890.50}",
          "{\"user\": \"alice\", \"drop\": true}",
          "{\"user\": \"eve\", \"undefined\": true}",
          "{\"user\": \"eve\", \"all\": true}",
          "{\"user\": \"eve\", \"groups\": true, \"text\": \"\\u0000 \\u2028 <&> \\ud83d\\ude00\"}");

  @TempDir private Path folder;

  @Test
  void eventsAreTheSameButForWhoWroteThem() throws Exception {
    byte[] bundle = bundle();

    List<ObjectValue> theirs = theirs(INPUTS.size() - 1);
    List<ObjectValue> ours = ours(bundle, INPUTS.size() - 1);

    assertThat(ours.stream().map(OpaParityIT::content).toList())
        .isEqualTo(theirs.stream().map(OpaParityIT::content).toList());
    for (int i = 0; i < ours.size(); i++) {
      assertThat(shape(ours.get(i))).isEqualTo(shape(theirs.get(i)));
    }
  }

  /** What policy, input and masks make of an event. */
  private static List<String> content(ObjectValue event) {
    List<String> content = new ArrayList<>();
    for (String member : List.of("path", "input", "result", "erased", "masked")) {
      content.add(member + "=" + event.get(member));
    }
    content.add("revisions=" + revisions(event));
    return content;
  }

  private static List<String> revisions(ObjectValue event) {
    ObjectValue bundles = (ObjectValue) Objects.requireNonNull(event.get("bundles"));
    List<String> revisions = new ArrayList<>();
    for (int i = 0; i < bundles.size(); i++) {
      revisions.add(bundles.valueAt(i).toString());
    }
    return revisions;
  }

  /** Which members an event has, and of what kind; OPA also counts requests. */
  private static TreeSet<String> shape(ObjectValue event) {
    TreeSet<String> shape = new TreeSet<>();
    for (int i = 0; i < event.size(); i++) {
      shape.add(((StringValue) event.keyAt(i)).text() + ":" + event.valueAt(i).type());
    }
    shape.remove("req_id:NUMBER");
    assertThat(Instant.parse(Decisions.text(event, "timestamp"))).isAfter(Decisions.NOW);
    assertThat(Objects.requireNonNull(event.get("metrics")).toString())
        .contains("\"timer_rego_query_eval_ns\":");
    assertThat(Objects.requireNonNull(event.get("labels")).toString())
        .contains("\"id\":", "\"version\":");
    return shape;
  }

  private List<ObjectValue> theirs(int events) throws Exception {
    try (LogServer logs = new LogServer()) {
      Path config =
          Files.writeString(
              folder.resolve("opa.yaml"),
              """
              services: {logs: {url: "%s"}}
              decision_logs: {service: logs, reporting: {min_delay_seconds: 1, max_delay_seconds: 1}}
              """
                  .formatted(logs.url("")));
      try (ServerProcess opa = ServerProcess.start(port -> command(config, port), Map.of())) {
        for (String input : INPUTS) {
          ask(opa.port(), input);
        }
        return logs.awaitEvents(events);
      }
    }
  }

  private List<String> command(Path config, int port) {
    return List.of(
        Opa.TOOL,
        "run",
        "--server",
        "--disable-telemetry",
        "--addr=127.0.0.1:" + port,
        "--config-file=" + config,
        "--bundle",
        folder.resolve("policy.tar.gz").toString());
  }

  private static void ask(int port, String input) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/data/shop/decision"))
              .POST(BodyPublishers.ofString("{\"input\": " + input + "}"))
              .build();
      assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }
  }

  private List<ObjectValue> ours(byte[] bundle, int events) throws Exception {
    EmbeddedEngine engine =
        EmbeddedEngine.load(BundleReader.read(new ByteArrayInputStream(bundle)));
    try (LogServer logs = new LogServer()) {
      LogService service =
          new LogService(
              logs.url("/logs"),
              Optional.empty(),
              Optional.empty(),
              new Reporting(Duration.ofMillis(1), Duration.ofMillis(20), 32_768),
              folder.resolve("spool"),
              LogService.DEFAULT_SPOOL_LIMIT);
      try (DecisionLog log =
          new DecisionLog(
              Map.of("id", "x", "version", "y"),
              List.of(),
              Optional.of(service),
              new DecisionLogListener() {})) {
        for (String input : INPUTS) {
          log.log(decided(engine, Json.read(input)), new SystemLogPolicy(engine));
        }
        return logs.awaitEvents(events);
      }
    }
  }

  private static DecisionEvent decided(EmbeddedEngine engine, Value input) {
    Evaluation result = engine.evaluate("shop/decision", input);
    return new DecisionEvent(
        "d",
        "shop/decision",
        input,
        result,
        Map.of("main", "r7"),
        "127.0.0.1:1",
        Instant.now(),
        Map.of("timer_rego_query_eval_ns", 1L),
        Optional.empty());
  }

  private byte[] bundle() throws Exception {
    return new Opa(folder.resolve("policy"))
        .source("shop.rego", POLICY)
        .source("log.rego", LOG)
        .build(
            "-t",
            "plan",
            "-r",
            "r7",
            "-e",
            "shop/decision",
            "-e",
            "system/log/mask",
            "-e",
            "system/log/drop");
  }
}

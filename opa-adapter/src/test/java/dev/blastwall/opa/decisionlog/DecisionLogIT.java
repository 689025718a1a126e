package dev.blastwall.opa.decisionlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blastwall.opa.Evaluation;
import dev.blastwall.opa.Json;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.PolicyException;
import dev.blastwall.opa.bundle.SecretRef;
import dev.blastwall.opa.decisionlog.DecisionLogListener.Trouble;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log and a real HTTP server. */
class DecisionLogIT {
  private static final Map<String, String> LABELS = Map.of("id", "node-1", "version", "1");
  private static final Reporting SOON =
      new Reporting(Duration.ofMillis(1), Duration.ofMillis(20), 32_768);

  @TempDir private Path folder;
  private LogServer server;
  private final Heard heard = new Heard();

  @BeforeEach
  void start() throws IOException {
    server = new LogServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void anEventArrivesInOpasForm() throws Exception {
    LogServer.Upload upload;
    try (DecisionLog log = log(service(SOON))) {
      log.log(Decisions.named("d-1"), LogPolicy.EVERYTHING);
      upload = server.awaitTaken();
    }

    assertThat(upload.line()).isEqualTo("POST /logs");
    assertThat(upload.headers()).containsExactly("application/json", "gzip", "Bearer t0ken");
    assertThat(upload.events())
        .containsExactly(
            (ObjectValue)
                Json.read(
                    """
                    {"labels": {"id": "node-1", "version": "1"}, "decision_id": "d-1",
                     "bundles": {"main": {"revision": "r1"}}, "path": "shop/decision",
                     "input": {"user": "alice"}, "result": true, "requested_by": "10.0.0.1:5432",
                     "timestamp": "2026-01-02T03:04:05.678901Z",
                     "metrics": {"timer_rego_query_eval_ns": 1234}}\
                    """));
  }

  @Test
  void whatCouldNotBeEvaluatedSaysWhy() throws Exception {
    try (DecisionLog log = log(service(SOON))) {
      log.log(
          Decisions.about("u", new ObjectValue(0), Evaluation.Undefined.UNDEFINED),
          LogPolicy.EVERYTHING);
      log.log(
          Decisions.about(
              "f",
              new ObjectValue(0),
              new Evaluation.Failed(new PolicyException.Conflict("two values"))),
          LogPolicy.EVERYTHING);
      List<ObjectValue> events = server.awaitEvents(2);

      assertThat(events).allSatisfy(event -> assertThat(event.get("result")).isNull());
      assertThat(events.getFirst().get("error")).isNull();
      assertThat(events.getLast().get("error"))
          .hasToString("{\"code\":\"eval_conflict_error\",\"message\":\"two values\"}");
    }
  }

  @Test
  void whatTheServiceRefusesComesAgainInItsOrder() throws Exception {
    server.answerWith(503);
    try (DecisionLog log = log(service(SOON))) {
      for (String id : List.of("1", "2", "3")) {
        log.log(Decisions.named(id), LogPolicy.EVERYTHING);
        server.awaitRefused();
      }
      server.answerWith(200);

      assertThat(Decisions.ids(server.awaitEvents(3))).containsExactly("1", "2", "3");
    }
  }

  @Test
  void anOutageIsSurvivedByTheLogToo() throws Exception {
    server.answerWith(500);
    try (DecisionLog log = log(service(SOON))) {
      log.log(Decisions.named("before"), LogPolicy.EVERYTHING);
      server.awaitRefused();
    }
    server.answerWith(200);

    try (DecisionLog log = log(service(SOON))) {
      assertThat(Decisions.ids(server.awaitEvents(1))).containsExactly("before");
      log.flush();
    }
  }

  @Test
  void whatWasAcceptedSurvivesAProcessThatIsCutShort() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                CutShort.class.getName(),
                folder.resolve("spool").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(process.getInputStream().readAllBytes()).asString().contains("accepted");
    assertThat(process.waitFor()).isEqualTo(CutShort.STATUS);

    try (DecisionLog log = log(service(SOON))) {
      assertThat(Decisions.ids(server.awaitEvents(3))).containsExactly("0", "1", "2");
      log.flush();
    }
  }

  @Test
  void closingUploadsWhatIsThere() throws Exception {
    Reporting late = new Reporting(Duration.ofHours(1), Duration.ofHours(1), 32_768);
    try (DecisionLog log = log(service(late))) {
      log.log(Decisions.named("last"), LogPolicy.EVERYTHING);
    }

    assertThat(Decisions.ids(server.awaitEvents(1))).containsExactly("last");
  }

  @Test
  void manyEventsComeInUploadsThatAreNotTooLarge() throws Exception {
    Reporting small = new Reporting(Duration.ofMillis(1), Duration.ofMillis(20), 1024);
    Random random = new Random(1);
    try (DecisionLog log = log(service(small))) {
      for (int i = 0; i < 50; i++) {
        log.log(
            Decisions.about(
                "" + i, new ObjectValue(1).put("noise", Long.toHexString(random.nextLong()))),
            LogPolicy.EVERYTHING);
      }
      for (int seen = 0; seen < 50; ) {
        LogServer.Upload upload = server.awaitTaken();
        assertThat(upload.size()).isLessThanOrEqualTo(1024);
        assertThat(Decisions.ids(upload.events()).getFirst()).isEqualTo("" + seen);
        seen += upload.events().size();
      }
    }
  }

  @Test
  void policyLeavesOutAndDrops() throws Exception {
    try (DecisionLog log = log(service(SOON))) {
      log.log(Decisions.named("dropped"), (event, then) -> then.accept(new LogVerdict.Drop()));
      log.log(
          Decisions.named("masked"),
          (event, then) ->
              then.accept(new LogVerdict.Keep(List.of(LogMask.remove("/input/user")))));
      List<ObjectValue> events = server.awaitEvents(1);

      assertThat(Decisions.ids(events)).containsExactly("masked");
      assertThat(events.getFirst().get("input")).hasToString("{}");
      assertThat(events.getFirst().get("erased")).hasToString("[\"/input/user\"]");
    }
  }

  @Test
  void aDecisionDoesNotHideByBreakingTheMask() throws Exception {
    try (DecisionLog log = log(service(SOON))) {
      log.log(
          Decisions.named("failed"), (event, then) -> then.accept(new LogVerdict.Failed("why")));
      log.log(
          Decisions.named("thrown"),
          (event, then) -> {
            throw new IllegalStateException("why");
          });
      log.flush();

      assertThat(server.awaitEvents(2))
          .allSatisfy(event -> {
            assertThat(event.get("input")).isNull();
            assertThat(event.get("result")).isNull();
            assertThat(event.get("erased")).hasToString("[\"/input\",\"/result\"]");
          });
    }
  }

  @Test
  void whoHandsOverTooMuchIsToldAndNeverWaits() throws Exception {
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch free = new CountDownLatch(1);
    LogPolicy slow =
        (event, then) -> {
          busy.countDown();
          awaitQuietly(free);
          then.accept(LogVerdict.ALL);
        };
    try (DecisionLog log =
        new DecisionLog(LABELS, List.of(), Optional.of(service(SOON)), heard, 1)) {
      log.log(Decisions.named("first"), slow);
      busy.await();

      assertThat(log.log(Decisions.named("second"), slow)).isFalse();
      free.countDown();

      heard.await(Trouble.QUEUE_FULL, 1);
      assertThat(Decisions.ids(server.awaitEvents(1))).containsExactly("first");
    }
  }

  @Test
  void writesToSinksAtOnce() throws Exception {
    Path file = folder.resolve("decisions.ndjson");
    ByteArrayOutputStream console = new ByteArrayOutputStream();
    var recorder = new LinkedBlockingQueue<byte[]>();
    List<DecisionSink> sinks =
        List.of(DecisionSink.file(file), DecisionSink.console(console), recorder::addAll);

    try (DecisionLog log = new DecisionLog(LABELS, sinks, Optional.empty(), heard)) {
      log.log(Decisions.named("1"), LogPolicy.EVERYTHING);
      log.flush();
      Files.move(file, folder.resolve("rotated.ndjson"));
      log.log(Decisions.named("2"), LogPolicy.EVERYTHING);
      log.flush();
    }

    assertThat(Files.readAllLines(folder.resolve("rotated.ndjson")))
        .singleElement()
        .satisfies(line -> assertThat(id(line)).isEqualTo("1"));
    assertThat(Files.readAllLines(file))
        .singleElement()
        .satisfies(line -> assertThat(id(line)).isEqualTo("2"));
    assertThat(recorder).extracting(String::new).map(DecisionLogIT::id).containsExactly("1", "2");
    assertThat(console.toString(StandardCharsets.UTF_8).lines())
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).contains("\"msg\":\"Decision Log\""));
  }

  @Test
  void aSinkThatFailsDoesNotKeepOthersFromTheirs() throws Exception {
    var recorder = new LinkedBlockingQueue<byte[]>();
    List<DecisionSink> sinks =
        List.of(DecisionSink.file(folder.resolve("no/such/folder")), recorder::addAll);

    try (DecisionLog log = new DecisionLog(LABELS, sinks, Optional.empty(), heard)) {
      log.log(Decisions.named("1"), LogPolicy.EVERYTHING);
      heard.await(Trouble.SINK_FAILED, 1);
      log.flush();
    }

    assertThat(recorder).hasSize(1);
  }

  @Test
  void twoLogsDoNotShareASpool() throws Exception {
    try (DecisionLog log = log(service(SOON))) {
      assertThatThrownBy(() -> log(service(SOON))).isInstanceOf(IOException.class);
      log.flush();
    }
  }

  private static String id(String line) {
    try {
      return Decisions.text((ObjectValue) Json.read(line), "decision_id");
    } catch (IOException e) {
      throw new AssertionError(line, e);
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private DecisionLog log(LogService service) throws IOException {
    return new DecisionLog(LABELS, List.of(), Optional.of(service), heard);
  }

  private LogService service(Reporting reporting) {
    return new LogService(
        server.url("/logs"),
        Optional.of(new SecretRef.Text("t0ken")),
        Optional.empty(),
        reporting,
        folder.resolve("spool"),
        LogService.DEFAULT_SPOOL_LIMIT);
  }
}

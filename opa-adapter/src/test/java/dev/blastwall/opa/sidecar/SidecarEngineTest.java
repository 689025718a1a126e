package dev.blastwall.opa.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.blastwall.opa.Evaluation;
import dev.blastwall.opa.InputDependencies;
import dev.blastwall.opa.Json;
import dev.blastwall.opa.NullValue;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.PolicyException;
import dev.blastwall.opa.Value;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of answers, and of none, from something that a test makes say what it wants. */
class SidecarEngineTest {
  private static final int SECONDS = 120;
  private static final Duration LONG = Duration.ofSeconds(SECONDS);
  private static final Duration SHORT = Duration.ofMillis(50);
  private static final Value INPUT = new ObjectValue(1).put("user", "alice");

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
  private final CountDownLatch released = new CountDownLatch(1);
  private final List<AutoCloseable> open = new ArrayList<>();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
  }

  @AfterEach
  void stop() throws Exception {
    released.countDown();
    for (AutoCloseable one : open) {
      one.close();
    }
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(int status, String body) {
    server.createContext("/", exchange -> reply(exchange, status, body));
  }

  private void reply(HttpExchange exchange, int status, String body) throws IOException {
    try (exchange) {
      String question =
          new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + question);
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  /** Takes questions and gives no answer. */
  private void beSilent() {
    server.createContext(
        "/",
        exchange -> {
          asked.add("");
          try {
            released.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.close();
        });
  }

  private SidecarEngine engine(Duration timeout, int connections, int queue) {
    URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    SidecarEngine engine =
        new SidecarEngine(new OpaAddress.Tcp(url), new SidecarOptions(timeout, connections, queue));
    open.add(engine);
    return engine;
  }

  private SidecarEngine engine() {
    return engine(LONG, 2, 10);
  }

  private static CompletableFuture<Evaluation> ask(SidecarEngine engine) {
    CompletableFuture<Evaluation> answer = new CompletableFuture<>();
    engine.evaluate("blastwall/decision", INPUT, answer::complete);
    return answer;
  }

  private static Evaluation await(CompletableFuture<Evaluation> answer) throws Exception {
    return answer.get(SECONDS, TimeUnit.SECONDS);
  }

  private static PolicyException failure(Evaluation evaluation) {
    assertThat(evaluation).isInstanceOf(Evaluation.Failed.class);
    return ((Evaluation.Failed) evaluation).cause();
  }

  @Test
  void theInputGoesOutAndTheResultComesBack() throws Exception {
    answer(200, "{\"result\":{\"n\":10000000000000000000001}}");

    Evaluation evaluation = await(ask(engine()));

    assertThat(evaluation)
        .isEqualTo(new Evaluation.Defined(Json.read("{\"n\":10000000000000000000001}")));
    assertThat(asked.take())
        .isEqualTo(
            "POST /v1/data/blastwall/decision?provenance=true {\"input\":{\"user\":\"alice\"}}");
  }

  @Test
  void nullIsAValue() throws Exception {
    answer(200, "{\"result\":null}");

    assertThat(await(ask(engine()))).isEqualTo(new Evaluation.Defined(NullValue.NULL));
  }

  @Test
  void noResultIsUndefined() throws Exception {
    answer(200, "{\"decision_id\":\"x\"}");

    assertThat(await(ask(engine()))).isEqualTo(Evaluation.Undefined.UNDEFINED);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "`{\"a\":{\"revision\":\"r7\"}}`, r7",
        "`{\"b\":{\"revision\":\"r8\"},\"a\":{\"revision\":\"r7\"}}`, `a=r7,b=r8`"
      })
  void theRevisionIsTheOneThatAnswered(String bundles, String revision) throws Exception {
    answer(200, "{\"result\":1,\"provenance\":{\"bundles\":" + bundles + "}}");

    assertThat(await(ask(engine()))).isEqualTo(new Evaluation.Defined(Value.of(1), revision));
  }

  @ParameterizedTest
  @CsvSource({
    "eval_conflict_error, Conflict, inside",
    "eval_type_error, BuiltinError, inside",
    "eval_builtin_error, BuiltinError, inside",
    "eval_cancel_error, Cancelled, cancelled",
    "something_else, EngineFault, inside"
  })
  void anErrorOfThePolicyKeepsItsKind(String code, String kind, String message) throws Exception {
    answer(
        500,
        "{\"code\":\"internal_error\",\"message\":\"around\",\"errors\":[{\"code\":\""
            + code
            + "\",\"message\":\"inside\"}]}");

    PolicyException failure = failure(await(ask(engine())));

    assertThat(failure.getClass().getSimpleName()).isEqualTo(kind);
    assertThat(failure).hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {"200, not JSON", "200, []", "404, `{}`", "500, ``", "302, `{}`"})
  void whatIsNoAnswerIsARefusal(int status, String body) throws Exception {
    answer(status, body);

    assertThat(failure(await(ask(engine()))))
        .isInstanceOf(PolicyException.Unavailable.class)
        .hasMessageContaining("OPA gave no usable answer");
  }

  @Test
  void nobodyThereIsARefusal() throws Exception {
    server.stop(0);

    assertThat(failure(await(ask(engine()))))
        .isInstanceOf(PolicyException.Unavailable.class)
        .hasMessage("OPA accepts no connection; is it running?");
  }

  @Test
  void silenceEndsWithTheTime() throws Exception {
    beSilent();

    assertThat(failure(await(ask(engine(SHORT, 2, 10)))))
        .isInstanceOf(PolicyException.TimedOut.class)
        .hasMessage("OPA gave no answer within 50 ms");
  }

  @Test
  void whoWaitsInTheQueueWaitsNoLonger() throws Exception {
    // Given: one question is with OPA, and nine wait behind it.
    beSilent();
    SidecarEngine engine = engine(SHORT, 1, 100);
    List<CompletableFuture<Evaluation>> answers = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      answers.add(ask(engine));
    }

    // Then: none is asked after its own time.
    for (CompletableFuture<Evaluation> answer : answers) {
      failure(await(answer));
    }
    assertThat(asked).hasSizeLessThan(answers.size());
  }

  @Test
  void aFullQueueRefusesAtOnce() throws Exception {
    beSilent();
    SidecarEngine engine = engine(LONG, 1, 1);
    CompletableFuture<Evaluation> first = ask(engine);
    asked.take();
    CompletableFuture<Evaluation> waits = ask(engine);

    CompletableFuture<Evaluation> refused = ask(engine);

    assertThat(refused).isDone();
    assertThat(failure(refused.get()))
        .isInstanceOf(PolicyException.Unavailable.class)
        .hasMessage("OPA has too much to do: 1 questions wait for it");
    assertThat(first).isNotDone();
    assertThat(waits).isNotDone();
  }

  @Test
  void whoGivesNoAnswersIsNotAskedForAWhile() throws Exception {
    answer(500, "");
    SidecarEngine engine = engine();
    for (int i = 0; i < 5; i++) {
      failure(await(ask(engine)));
    }

    Evaluation evaluation = await(ask(engine));

    assertThat(failure(evaluation))
        .hasMessage("OPA gave no answer several times; it is tried again in a moment");
    assertThat(asked).hasSize(5);
  }

  @Test
  void anErrorOfThePolicyIsAnAnswer() throws Exception {
    answer(500, "{\"code\":\"internal_error\",\"message\":\"m\"}");
    SidecarEngine engine = engine();

    for (int i = 0; i < 7; i++) {
      failure(await(ask(engine)));
    }

    assertThat(asked).hasSize(7);
  }

  @Test
  void connectionsAreKept() throws Exception {
    BlockingQueue<Integer> ports = new LinkedBlockingQueue<>();
    server.createContext(
        "/",
        exchange -> {
          ports.add(exchange.getRemoteAddress().getPort());
          reply(exchange, 200, "{\"result\":1}");
        });
    SidecarEngine engine = engine();

    for (int i = 0; i < 5; i++) {
      await(ask(engine));
    }

    assertThat(ports).hasSize(5);
    assertThat(ports.stream().distinct()).hasSize(1);
  }

  @Test
  void theAnswerComesOnAThreadOfTheEngine() throws Exception {
    answer(200, "{\"result\":1}");
    CompletableFuture<Thread> answered = new CompletableFuture<>();

    engine().evaluate("a", INPUT, evaluation -> answered.complete(Thread.currentThread()));

    assertThat(answered.get(SECONDS, TimeUnit.SECONDS).getName()).startsWith("opa-");
  }

  @Test
  void whatWaitsIsAnsweredAtTheEnd() throws Exception {
    beSilent();
    SidecarEngine engine = engine(LONG, 1, 10);
    CompletableFuture<Evaluation> asks = ask(engine);
    asked.take();
    CompletableFuture<Evaluation> waits = ask(engine);

    engine.close();

    failure(await(asks));
    assertThat(failure(await(waits))).hasMessageContaining("the program ends");
    assertThat(failure(await(ask(engine)))).hasMessageContaining("the program ends");
  }

  @Test
  void nothingIsSaidAboutWhatItReads() {
    assertThat(engine().dependencies()).isEqualTo(InputDependencies.Anything.ANYTHING);
  }

  @ParameterizedTest
  @CsvSource({"200, true", "500, false"})
  void healthIsWhatOpaSays(int status, boolean healthy) throws Exception {
    answer(status, "{}");

    assertThat(engine().isHealthy()).isEqualTo(healthy);
    assertThat(asked.take()).startsWith("GET /health?bundles&plugins");
  }
}

package dev.blastwall.opa.sidecar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blastwall.opa.Bundle;
import dev.blastwall.opa.BundleException;
import dev.blastwall.opa.Evaluation;
import dev.blastwall.opa.Json;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.PolicyEngine;
import dev.blastwall.opa.PolicyException;
import dev.blastwall.opa.RegoSources;
import dev.blastwall.opa.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real OPAs, started, stopped, continued and killed. */
class SidecarEnginesIT {
  private static final Path OPA = opa();
  private static final int SECONDS = 120;
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofSeconds(60);

  /** Looked after closely enough for a test. */
  private static final Supervision CLOSE =
      new Supervision(
          Duration.ofMinutes(2),
          Duration.ofMillis(20),
          1_000_000,
          Duration.ofMillis(1),
          Duration.ofMillis(10));

  private final Heard heard = new Heard();
  private SidecarEngines engines = engines(LONG, CLOSE);

  private record Started(String revision, long pid) {}

  private static final class Heard implements SidecarListener {
    final BlockingQueue<Started> started = new LinkedBlockingQueue<>();
    final BlockingQueue<String> lost = new LinkedBlockingQueue<>();

    @Override
    public void started(String revision, long pid) {
      started.add(new Started(revision, pid));
    }

    @Override
    public void died(String revision, long pid, String output) {
      lost.add("died " + revision);
    }

    @Override
    public void hung(String revision, long pid) {
      lost.add("hung " + revision);
    }

    ProcessHandle process() throws InterruptedException {
      Started last = started.poll(SECONDS, TimeUnit.SECONDS);
      assertThat(last).as("an OPA was started").isNotNull();
      return ProcessHandle.of(last.pid()).orElseThrow();
    }
  }

  @AfterEach
  void close() {
    engines.close();
  }

  private SidecarEngines engines(Duration timeout, Supervision supervision) {
    return new SidecarEngines(
        OPA, SidecarOptions.DEFAULT.withTimeout(timeout), "shop/decision", supervision, heard);
  }

  static Path opa() {
    try {
      return Path.of(run("../ci/opa").strip());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
    return output;
  }

  private static void signal(String name, ProcessHandle process) throws Exception {
    run("kill", "-" + name, Long.toString(process.pid()));
  }

  static Bundle bundle(String revision, String rego, String data) throws IOException {
    Value plan =
        Json.read(
            "{\"plans\":{\"plans\":[{\"name\":\"shop/decision\",\"blocks\":[{\"stmts\":[]}]}]}}");
    String module = "package shop\n" + rego;
    return new Bundle(
        revision,
        plan,
        (ObjectValue) Json.read(data),
        new RegoSources(Map.of("shop/policy.rego", module), new ObjectValue(0)));
  }

  private PolicyEngine engine(String rego) throws Exception {
    return engines.engine(bundle("r1", rego, "{\"labels\":{\"a\":[1,2]}}"));
  }

  static Evaluation ask(PolicyEngine engine, String input) throws Exception {
    CompletableFuture<Evaluation> answer = new CompletableFuture<>();
    engine.evaluate("shop/decision", Json.read(input), answer::complete);
    return answer.get(SECONDS, TimeUnit.SECONDS);
  }

  private static Evaluation defined(String json) throws IOException {
    return new Evaluation.Defined(Json.read(json));
  }

  private static PolicyException failure(Evaluation evaluation) {
    assertThat(evaluation).isInstanceOf(Evaluation.Failed.class);
    return ((Evaluation.Failed) evaluation).cause();
  }

  /** Asks until there is an answer. */
  private static Evaluation awaitAnswer(PolicyEngine engine, String input) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    Evaluation last = ask(engine, input);
    while (last instanceof Evaluation.Failed && System.nanoTime() - end < 0) {
      last = ask(engine, input);
    }
    return last;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "decision := data.labels[input.k] | {\"k\":\"a\"} | [1,2]",
        "decision contains x if some x in input | [3,1,2,1] | [1,2,3]",
        "decision := input.n * 2 | {\"n\":10000000000000000000000} | 20000000000000000000000",
        "decision := input | {\"é\":\"\\u0001\\u2028😀\"} | {\"é\":\"\\u0001\\u2028😀\"}"
      })
  void aRuleHasTheValueThatOpaGivesIt(String rego, String input, String value) throws Exception {
    assertThat(ask(engine(rego), input)).isEqualTo(defined(value));
  }

  @Test
  void noValueIsUndefined() throws Exception {
    assertThat(ask(engine("decision := 1 if input.x"), "{}"))
        .isEqualTo(Evaluation.Undefined.UNDEFINED);
  }

  @Test
  void aConflictIsOne() throws Exception {
    PolicyEngine engine = engine("decision := 1 if input.x\n\ndecision := 2 if input.x");

    assertThat(failure(ask(engine, "{\"x\":true}"))).isInstanceOf(PolicyException.Conflict.class);
  }

  @Test
  void theLanguageIsTheOneThatTheManifestNames() throws Exception {
    Bundle v0 = bundle("r1", "decision = 7 { input.x }", "{}");
    Bundle marked =
        new Bundle(
            "r1",
            v0.plan(),
            v0.data(),
            new RegoSources(v0.sources().files(), (ObjectValue) Json.read("{\"rego_version\":0}")));

    assertThat(ask(engines.engine(marked), "{\"x\":true}")).isEqualTo(defined("7"));
    assertThatThrownBy(() -> engines.engine(v0)).isInstanceOf(BundleException.class);
  }

  @Test
  void aStoppedOneAnswersNothingAndAContinuedOneAgain() throws Exception {
    engines = engines(SHORT, CLOSE);
    PolicyEngine engine = engine("decision := input");
    ProcessHandle process = heard.process();
    assertThat(awaitAnswer(engine, "1")).isEqualTo(defined("1"));

    signal("STOP", process);
    assertThat(failure(ask(engine, "1")))
        .isInstanceOf(PolicyException.TimedOut.class)
        .hasMessage("OPA gave no answer within 300 ms");
    signal("CONT", process);

    assertThat(awaitAnswer(engine, "2")).isEqualTo(defined("2"));
    assertThat(process.isAlive()).isTrue();
    assertThat(heard.lost).isEmpty();
  }

  @Test
  void aKilledOneIsStartedAgain() throws Exception {
    PolicyEngine engine = engine("decision := input");
    ProcessHandle first = heard.process();
    assertThat(ask(engine, "1")).isEqualTo(defined("1"));

    signal("KILL", first);

    ProcessHandle second = heard.process();
    assertThat(second.pid()).isNotEqualTo(first.pid());
    assertThat(awaitAnswer(engine, "2")).isEqualTo(defined("2"));
    assertThat(heard.lost).containsExactly("died r1");
  }

  @Test
  void oneThatHangsIsStartedAgain() throws Exception {
    Supervision impatient =
        new Supervision(CLOSE.start(), CLOSE.interval(), 5, CLOSE.firstDelay(), CLOSE.lastDelay());
    // A well one may be late on a busy machine, but not five times by a second.
    engines = engines(Duration.ofSeconds(1), impatient);
    PolicyEngine engine = engine("decision := input");
    ProcessHandle first = heard.process();

    signal("STOP", first);

    awaitEnd(first);
    assertThat(heard.lost.poll(SECONDS, TimeUnit.SECONDS)).isEqualTo("hung r1");
    heard.process();
    assertThat(awaitAnswer(engine, "2")).isEqualTo(defined("2"));
  }

  @Test
  void whatOpaDoesNotTakeIsRefusedWithItsReason() {
    assertThatThrownBy(() -> engine("decision := no_such_function(1)"))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("OPA did not start with the bundle")
        .hasMessageContaining("shop/policy.rego:2")
        .hasMessageContaining("no_such_function");
  }

  @Test
  void aBundleWithoutRegoIsRefused() throws Exception {
    Bundle bundle = bundle("r1", "", "{}");

    assertThatThrownBy(() -> engines.engine(new Bundle("r1", bundle.plan(), bundle.data())))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("holds no Rego");
  }

  @Test
  void aBundleWithoutTheEntrypointIsRefused() throws Exception {
    Bundle bundle = bundle("r1", "", "{}");
    Value plan = Json.read("{\"plans\":{\"plans\":[]}}");

    assertThatThrownBy(
            () -> engines.engine(new Bundle("r1", plan, bundle.data(), bundle.sources())))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("opa build -t plan -e shop/decision");
  }

  @Test
  void aProgramThatIsNotThereIsNamed() {
    SidecarEngines none =
        new SidecarEngines(Path.of("no-such-opa"), SidecarOptions.DEFAULT, "shop/decision", heard);

    assertThatThrownBy(() -> none.engine(bundle("r1", "decision := 1", "{}")))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("no-such-opa");
  }

  @Test
  void theOneBeforeAnswersUntilItIsRetired() throws Exception {
    engines = engines(SHORT, CLOSE);
    PolicyEngine before = engines.engine(bundle("r1", "decision := 1", "{}"));
    ProcessHandle first = heard.process();
    PolicyEngine after = engines.engine(bundle("r2", "decision := 2", "{}"));
    ProcessHandle second = heard.process();

    assertThat(awaitAnswer(before, "{}")).isEqualTo(defined("1"));
    assertThat(awaitAnswer(after, "{}")).isEqualTo(defined("2"));
    before.retire();

    awaitEnd(first);
    assertThat(second.isAlive()).isTrue();
    assertThat(awaitAnswer(after, "{}")).isEqualTo(defined("2"));
  }

  @Test
  void theEndIsTheEndOfAll() throws Exception {
    engine("decision := 1");
    ProcessHandle process = heard.process();
    List<ProcessHandle> helpers = process.descendants().toList();
    Path folder = folderOf(process);
    assertThat(folder.resolve("bundle/shop/policy.rego")).isRegularFile();

    engines.close();

    assertThat(process.isAlive()).isFalse();
    for (ProcessHandle helper : helpers) {
      awaitEnd(helper);
    }
    assertThat(folder).doesNotExist();
    assertThatThrownBy(() -> engine("decision := 1")).isInstanceOf(BundleException.class);
  }

  @Test
  void nobodyElseMayLookOrAsk() throws Exception {
    engine("decision := 1");
    Path folder = folderOf(heard.process());

    assertThat(Files.getPosixFilePermissions(folder))
        .allMatch(permission -> permission.name().startsWith("OWNER_"));
    assertThat(Files.getPosixFilePermissions(folder.resolve("socket")))
        .allMatch(permission -> permission.name().startsWith("OWNER_"));
  }

  /** Its working folder. */
  private static Path folderOf(ProcessHandle process) throws IOException {
    return Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "cwd"));
  }

  @Test
  void itEndsWithAProcessThatIsKilled() throws Exception {
    Process gateway =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                StartsOpa.class.getName(),
                OPA.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      String line = gateway.inputReader(StandardCharsets.UTF_8).readLine();
      ProcessHandle opa = ProcessHandle.of(Long.parseLong(line)).orElseThrow();
      Path folder = folderOf(opa);
      // Not even one that was stopped stays.
      signal("STOP", opa);

      gateway.destroyForcibly().waitFor();

      awaitEnd(opa);
      awaitGone(folder);
    } finally {
      gateway.destroyForcibly();
    }
  }

  private static void awaitEnd(ProcessHandle process) throws Exception {
    process.onExit().get(SECONDS, TimeUnit.SECONDS);
  }

  private static void awaitGone(Path folder) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (Files.exists(folder) && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
    assertThat(folder).doesNotExist();
  }
}

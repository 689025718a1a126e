package dev.blastwall.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastwall.command.Client;
import dev.blastwall.command.CommandDigest;
import dev.blastwall.command.Connection;
import dev.blastwall.command.Lineage;
import dev.blastwall.command.Principal;
import dev.blastwall.command.Session;
import dev.blastwall.command.SqlBatch;
import dev.blastwall.command.SqlStatement;
import dev.blastwall.command.Understanding;
import dev.blastwall.masking.MaskingKey;
import dev.blastwall.opa.Evaluation;
import dev.blastwall.opa.Json;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.PolicyEngine;
import dev.blastwall.opa.PolicyException;
import dev.blastwall.opa.Value;
import dev.blastwall.opa.bundle.ActiveBundles;
import dev.blastwall.opa.bundle.BundleReader;
import dev.blastwall.opa.decisionlog.DecisionEvent;
import dev.blastwall.opa.decisionlog.LogMask;
import dev.blastwall.opa.decisionlog.LogPolicy;
import dev.blastwall.opa.decisionlog.LogVerdict;
import dev.blastwall.opa.embedded.EmbeddedEngine;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the decision log is told about decisions, and what policy may keep from it. */
class DecisionLoggingTest {

  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final List<SqlStatement> STATEMENTS =
      List.of(
          new SqlStatement(
              "select", List.of(), List.of(), List.of(), false, null, List.of(), Lineage.EMPTY));
  private static final ObjectValue EVENT =
      (ObjectValue)
          json(
              """
              {"input": {"point": "command", "command": {"text": "x"}},
               "result": {"outcome": "refuse", "log": {"mask": ["/input/command/text"]}}}\
              """);

  private final List<DecisionEvent> logged = new ArrayList<>();

  @Test
  void everyDecisionIsLoggedUnderItsId() throws Exception {
    SessionPolicy policy = policy(starter());

    policy.decide("s1/0", new Question.Connect(), decision -> {});
    policy.decide("s1/1", judge("select 1"), decision -> {});

    assertThat(logged).extracting(DecisionEvent::decisionId).containsExactly("s1/0", "s1/1");
    assertThat(logged)
        .allSatisfy(event -> {
          assertThat(event.path()).isEqualTo("blastwall/decision");
          assertThat(event.result()).isInstanceOf(Evaluation.Defined.class);
          assertThat(event.revisions()).isEqualTo(Map.of("main", "r1"));
          assertThat(event.requestedBy()).isEqualTo("10.0.0.7");
          assertThat(event.timestamp()).isEqualTo(NOW);
          assertThat(event.metrics()).containsOnlyKeys("timer_rego_query_eval_ns");
        });
    assertThat(((ObjectValue) logged.getFirst().input()).get("point")).hasToString("\"connect\"");
  }

  @Test
  void aRememberedDecisionIsLoggedLikeAnyOtherWithItsOwnInput() throws Exception {
    SessionPolicy policy = policy(starter());

    policy.decide("s1/1", judge("select 1"), decision -> {});
    policy.decide("s1/2", judge("select 2"), decision -> {});

    assertThat(logged).extracting(DecisionEvent::decisionId).containsExactly("s1/1", "s1/2");
    assertThat(logged.getLast().result()).isEqualTo(logged.getFirst().result());
    assertThat(logged.getLast().metrics()).containsOnlyKeys("counter_decision_remembered");
    assertThat(logged.getLast().input().toString()).contains("select 2");
  }

  @Test
  void whatCouldNotBeDecidedIsLoggedToo() {
    Evaluation.Failed failed = new Evaluation.Failed(new PolicyException.Conflict("two"));
    SessionPolicy policy = policy((entrypoint, input, then) -> then.accept(failed));

    policy.decide("s1/1", judge("select 1"), decision -> {});

    assertThat(logged).extracting(DecisionEvent::result).containsExactly(failed);
  }

  @Test
  void theDecisionAndThePointLogSayWhatIsLeftOut() {
    List<Value> asked = new ArrayList<>();
    PolicyEngine engine =
        (entrypoint, input, then) -> {
          asked.add(input);
          then.accept(
              new Evaluation.Defined(
                  json("{\"log\": {\"drop\": false, \"mask\": [\"/input/a\"]}}")));
        };

    assertThat(verdict(engine))
        .isEqualTo(
            new LogVerdict.Keep(
                List.of(LogMask.remove("/input/command/text"), LogMask.remove("/input/a"))));
    assertThat(asked)
        .containsExactly(
            json(
                """
                {"point": "log", "command": {"text": "x"},
                 "decision": {"point": "command", "outcome": "refuse",
                              "log": {"mask": ["/input/command/text"]}}}\
                """));
  }

  @Test
  void thePointLogCanDrop() {
    PolicyEngine engine =
        (entrypoint, input, then) ->
            then.accept(new Evaluation.Defined(json("{\"log\": {\"drop\": true}}")));

    assertThat(verdict(engine)).isEqualTo(new LogVerdict.Drop());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "{}",
        "{\"log\": 1}",
        "{\"log\": {\"drop\": 1}}",
        "{\"log\": {\"mask\": [\"/labels\"]}}",
        "{\"log\": {\"hide\": []}}"
      })
  void whatIsNotUnderstoodAtThePointLogKeepsEverythingOut(String answer) {
    PolicyEngine engine =
        (entrypoint, input, then) -> then.accept(new Evaluation.Defined(json(answer)));

    assertThat(verdict(engine)).isInstanceOf(LogVerdict.Failed.class);
  }

  @Test
  void anUndefinedPointLogKeepsEverythingOut() {
    assertThat(verdict((entrypoint, input, then) -> then.accept(Evaluation.Undefined.UNDEFINED)))
        .isInstanceOf(LogVerdict.Failed.class);
  }

  @Test
  void theStarterBundleWantsEverythingLogged() throws Exception {
    SessionPolicy policy = policy(starter());
    policy.decide("s1/1", judge("select 1"), decision -> {});
    DecisionEvent event = logged.getFirst();
    ObjectValue document =
        new ObjectValue(2)
            .put("input", event.input())
            .put("result", ((Evaluation.Defined) event.result()).value());

    assertThat(verdict(new ContractLogPolicy(starter()), document)).isEqualTo(LogVerdict.ALL);
  }

  private static LogVerdict verdict(PolicyEngine engine) {
    return verdict(new ContractLogPolicy(engine), EVENT);
  }

  private static LogVerdict verdict(LogPolicy policy, ObjectValue event) {
    AtomicReference<LogVerdict> verdict = new AtomicReference<>();
    policy.judge(event, verdict::set);
    return verdict.get();
  }

  private SessionPolicy policy(PolicyEngine engine) {
    ActiveBundles active = new ActiveBundles(engine, Map.of("main", "r1"));
    return new OpaPolicy(
            () -> active,
            MaskingKey.random(),
            InstantSource.fixed(NOW),
            Optional.of((event, policy) -> logged.add(event)))
        .of(session());
  }

  private static Question judge(String text) {
    SqlBatch batch =
        new SqlBatch("postgresql", text, Understanding.COMPLETE, STATEMENTS, List.of(), false);
    return new Question.Judge(1, batch, new CommandDigest(text));
  }

  private static EmbeddedEngine starter() throws Exception {
    try (var in = DecisionLoggingTest.class.getResourceAsStream("/bundles/starter.tar.gz")) {
      return EmbeddedEngine.load(BundleReader.read(Objects.requireNonNull(in)));
    }
  }

  private static Value json(String text) {
    try {
      return Json.read(text);
    } catch (IOException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  private static Session session() {
    return new Session(
        "s1",
        new Principal(
            "alice",
            "https://issuer.example",
            Principal.Kind.PERSON,
            List.of("engineers"),
            Map.of(),
            List.of()),
        new Connection("shop", "postgresql", "shop", Map.of()),
        new Client("10.0.0.7", "psql", true),
        NOW,
        NOW.plusSeconds(3600));
  }
}

package dev.blastwall.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastwall.command.Client;
import dev.blastwall.command.ColumnOrigin;
import dev.blastwall.command.CommandDigest;
import dev.blastwall.command.Connection;
import dev.blastwall.command.Lineage;
import dev.blastwall.command.Principal;
import dev.blastwall.command.ResultColumn;
import dev.blastwall.command.Session;
import dev.blastwall.command.SqlBatch;
import dev.blastwall.command.SqlStatement;
import dev.blastwall.command.Understanding;
import dev.blastwall.masking.MaskPlan;
import dev.blastwall.masking.MaskingKey;
import dev.blastwall.opa.Evaluation;
import dev.blastwall.opa.InputDependencies;
import dev.blastwall.opa.Json;
import dev.blastwall.opa.PolicyEngine;
import dev.blastwall.opa.PolicyException;
import dev.blastwall.opa.Value;
import dev.blastwall.opa.bundle.ActiveBundles;
import dev.blastwall.opa.bundle.BundleReader;
import dev.blastwall.opa.embedded.EmbeddedEngine;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What a session's decisions are remembered by. */
class SessionDecisionsTest {

  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final List<SqlStatement> SELECT = statement("select");
  private static final List<SqlStatement> INSERT = statement("insert");
  private static final List<SqlStatement> DROP = statement("drop");

  @Test
  void theStarterBundleIsAskedOnceWhateverItsLiterals() throws Exception {
    CountingEngine engine = new CountingEngine(starter());
    SessionPolicy policy = policy(engine);

    Decision first = decide(policy, judge("select 1", SELECT));
    Decision second = decide(policy, judge("select 2", SELECT));

    assertThat(second).isSameAs(first).isInstanceOf(Decision.Forward.class);
    assertThat(engine.evaluations).isOne();
  }

  @Test
  void anotherStatementIsAnotherQuestion() throws Exception {
    CountingEngine engine = new CountingEngine(starter());
    SessionPolicy policy = policy(engine);

    assertThat(decide(policy, judge("x", SELECT))).isInstanceOf(Decision.Forward.class);
    assertThat(decide(policy, judge("x", DROP))).isInstanceOf(Decision.Refuse.class);
    assertThat(decide(policy, judge("x", statement("drop")))).isInstanceOf(Decision.Refuse.class);
    assertThat(engine.evaluations).isEqualTo(3);
  }

  @Test
  void aMaskedTokenOrAnotherUnderstandingIsAnotherQuestion() throws Exception {
    CountingEngine engine = new CountingEngine(starter());
    SessionPolicy policy = policy(engine);

    decide(policy, judge("x", INSERT));
    decide(policy, batch(Understanding.COMPLETE, INSERT, true));

    assertThat(decide(policy, batch(Understanding.NONE, INSERT, false)))
        .isInstanceOf(Decision.Refuse.class);
    assertThat(engine.evaluations).isEqualTo(3);
  }

  @Test
  void equalColumnsOfARepeatedStatementAreDescribedOnce() throws Exception {
    CountingEngine engine = new CountingEngine(starter());
    SessionPolicy policy = policy(engine);
    SqlBatch select = judge("select 1", SELECT);

    for (int i = 0; i < 3; i++) {
      List<ResultColumn> columns = List.of(new ResultColumn("n", "int4", List.of(), true, false));
      decide(policy, new Question.Describe(i, select, new CommandDigest("d" + i), columns));
    }

    assertThat(engine.evaluations).isOne();
  }

  @Test
  void theShapeOfACommandDecidesForTheStarterBundle() throws Exception {
    assertThat(CommandShape.decides(starter().dependencies())).isTrue();
  }

  @Test
  void aPolicyThatReadsMoreThanShapesIsAskedAboutThat() throws Exception {
    // Given: an engine that reads texts as well.
    EmbeddedEngine starter = starter();
    CountingEngine engine =
        new CountingEngine(starter) {
          @Override
          public InputDependencies dependencies() {
            return new InputDependencies.Place(
                false,
                List.of(
                    member(
                        "command",
                        new InputDependencies.Place(
                            false, List.of(member("text", WHOLE), member("statements", WHOLE))))));
          }
        };
    SessionPolicy policy = policy(engine);

    // When
    decide(policy, judge("select 1", SELECT));
    decide(policy, judge("select 2", SELECT));
    decide(policy, judge("select 2", SELECT));

    // Then
    assertThat(engine.evaluations).isEqualTo(2);
  }

  private static final InputDependencies.Place WHOLE = new InputDependencies.Place(true, List.of());

  private static InputDependencies.Place.Member member(String name, InputDependencies.Place place) {
    return new InputDependencies.Place.Member(Value.of(name), place);
  }

  @Test
  void otherColumnsOfARepeatedStatementAreAnotherQuestion() throws Exception {
    // Given: a statement whose result had nothing to hide.
    SessionPolicy policy = policy(new CountingEngine(starter()));
    SqlBatch select = judge("select 1", SELECT);
    ResultColumn plain = new ResultColumn("n", "text", List.of(), true, false);
    ColumnOrigin email = new ColumnOrigin("public", "customers", "email");
    ResultColumn labelled = new ResultColumn("n", "text", List.of(email), true, true);

    // When
    Decision before = decide(policy, describe(select, plain));
    Decision after = decide(policy, describe(select, labelled));

    // Then
    assertThat(masks(before).columns()).isEmpty();
    assertThat(masks(after).columns()).containsOnlyKeys(0);
    assertThat(masks(decide(policy, describe(select, plain))).columns()).isEmpty();
  }

  private static Question describe(SqlBatch command, ResultColumn column) {
    return new Question.Describe(1, command, new CommandDigest("d"), List.of(column));
  }

  private static MaskPlan masks(Decision decision) {
    return ((Decision.Forward) decision).masks();
  }

  @Test
  void whatAnEngineCannotSayMoreAboutIsAskedEachTime() throws Exception {
    CountingEngine engine = new CountingEngine(starter()::evaluate);
    SessionPolicy policy = policy(engine);

    decide(policy, judge("select 1", SELECT));
    decide(policy, judge("select 1", SELECT));

    assertThat(engine.evaluations).isEqualTo(2);
  }

  @Test
  void anotherBundleMakesAnAdmissionOutdatedUntilItIsAsked() throws Exception {
    // Given
    PolicyEngine engine = starter();
    AtomicReference<ActiveBundles> active =
        new AtomicReference<>(new ActiveBundles(engine, Map.of("main", "r1")));
    OpaPolicy bundles =
        new OpaPolicy(active::get, MaskingKey.random(), InstantSource.fixed(NOW), Optional.empty());
    SessionPolicy policy = bundles.of(session());
    decide(policy, new Question.Connect());
    assertThat(policy.isOutdated()).isFalse();

    // When: the same bundle, activated anew; a command is not asked whether the session may be.
    active.set(new ActiveBundles(engine, Map.of("main", "r1")));
    decide(policy, judge("select 1", SELECT));

    // Then
    assertThat(policy.isOutdated()).isTrue();
    decide(policy, new Question.Connect());
    assertThat(policy.isOutdated()).isFalse();
    assertThat(bundles.of(session()).isOutdated()).isFalse();
  }

  @Test
  void whatAnotherBundleDecidedIsForgotten() throws Exception {
    // Given
    CountingEngine before = new CountingEngine(starter());
    CountingEngine after = new CountingEngine(starter());
    AtomicReference<ActiveBundles> active =
        new AtomicReference<>(new ActiveBundles(before, Map.of("main", "r1")));
    SessionPolicy policy =
        new OpaPolicy(active::get, MaskingKey.random(), InstantSource.fixed(NOW), Optional.empty())
            .of(session());
    Decision first = decide(policy, judge("select 1", SELECT));

    // When
    active.set(new ActiveBundles(after, Map.of("main", "r2")));
    Decision second = decide(policy, judge("select 1", SELECT));

    // Then
    assertThat(first.revision()).isEqualTo("r1");
    assertThat(second.revision()).isEqualTo("r2");
    assertThat(after.evaluations).isOne();
  }

  @Test
  void aFailureIsNotRemembered() throws Exception {
    EmbeddedEngine starter = starter();
    CountingEngine engine = new CountingEngine(starter);
    SessionPolicy policy = policy(engine);
    engine.failing = true;

    assertThat(decide(policy, judge("select 1", SELECT)))
        .isInstanceOfSatisfying(
            Decision.Refuse.class, refuse -> assertThat(refuse.failed()).isTrue());
    engine.failing = false;

    assertThat(decide(policy, judge("select 1", SELECT))).isInstanceOf(Decision.Forward.class);
  }

  @Test
  void anAnswerThatIsNoDecisionIsARefusal() throws Exception {
    Value nonsense = Json.read("{\"outcome\": \"perhaps\"}");
    PolicyEngine engine =
        (entrypoint, input, then) -> then.accept(new Evaluation.Defined(nonsense));

    assertThat(decide(policy(engine), judge("select 1", SELECT)))
        .isInstanceOfSatisfying(
            Decision.Refuse.class, refuse -> assertThat(refuse.failed()).isTrue());
  }

  private static class CountingEngine implements PolicyEngine {
    private final PolicyEngine engine;
    private int evaluations;
    private boolean failing;

    CountingEngine(PolicyEngine engine) {
      this.engine = engine;
    }

    @Override
    public InputDependencies dependencies() {
      return engine.dependencies();
    }

    @Override
    public void evaluate(String entrypoint, Value input, Consumer<Evaluation> then) {
      evaluations++;
      if (failing) {
        then.accept(new Evaluation.Failed(new PolicyException.UnknownEntrypoint("broken")));
      } else {
        engine.evaluate(entrypoint, input, then);
      }
    }
  }

  private static EmbeddedEngine starter() throws Exception {
    try (var in = SessionDecisionsTest.class.getResourceAsStream("/bundles/starter.tar.gz")) {
      return EmbeddedEngine.load(BundleReader.read(Objects.requireNonNull(in)));
    }
  }

  private static SessionPolicy policy(PolicyEngine engine) {
    return new OpaPolicy(engine, "r1", MaskingKey.random(), InstantSource.fixed(NOW)).of(session());
  }

  private static Decision decide(SessionPolicy policy, SqlBatch command) {
    return decide(policy, new Question.Judge(1, command, new CommandDigest(command.text())));
  }

  private static Decision decide(SessionPolicy policy, Question question) {
    AtomicReference<Decision> decision = new AtomicReference<>();
    policy.decide("d", question, decision::set);
    return decision.get();
  }

  private static SqlBatch judge(String text, List<SqlStatement> statements) {
    return new SqlBatch("postgresql", text, Understanding.COMPLETE, statements, List.of(), false);
  }

  private static SqlBatch batch(
      Understanding understanding, List<SqlStatement> statements, boolean maskedTokens) {
    return new SqlBatch("postgresql", "x", understanding, statements, List.of(), maskedTokens);
  }

  private static List<SqlStatement> statement(String type) {
    return List.of(
        new SqlStatement(
            type, List.of(), List.of(), List.of(), false, null, List.of(), Lineage.EMPTY));
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
        new Client("127.0.0.1", "psql", true),
        NOW,
        NOW.plusSeconds(3600));
  }
}

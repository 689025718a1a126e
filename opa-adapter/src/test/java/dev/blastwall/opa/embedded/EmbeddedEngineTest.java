package dev.blastwall.opa.embedded;

import static dev.blastwall.opa.embedded.Plans.INPUT;
import static dev.blastwall.opa.embedded.Plans.RETURN;
import static dev.blastwall.opa.embedded.Plans.assign;
import static dev.blastwall.opa.embedded.Plans.callMade;
import static dev.blastwall.opa.embedded.Plans.cause;
import static dev.blastwall.opa.embedded.Plans.codeLength;
import static dev.blastwall.opa.embedded.Plans.engine;
import static dev.blastwall.opa.embedded.Plans.entrypoint;
import static dev.blastwall.opa.embedded.Plans.input;
import static dev.blastwall.opa.embedded.Plans.load;
import static dev.blastwall.opa.embedded.Plans.local;
import static dev.blastwall.opa.embedded.Plans.numbers;
import static dev.blastwall.opa.embedded.Plans.policy;
import static dev.blastwall.opa.embedded.Plans.rule;
import static dev.blastwall.opa.embedded.Plans.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.Bundle;
import dev.blastwall.opa.BundleException;
import dev.blastwall.opa.Evaluation;
import dev.blastwall.opa.Json;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.PolicyException;
import dev.blastwall.opa.SetValue;
import dev.blastwall.opa.Value;
import dev.blastwall.opa.builtin.Builtins;
import dev.blastwall.opa.plan.Block;
import dev.blastwall.opa.plan.Policy;
import dev.blastwall.opa.plan.Statement;
import java.lang.classfile.ClassFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EmbeddedEngineTest {
  @Test
  void theCallbackIsCalledOnTheCallersThreadBeforeTheCallReturns() throws Exception {
    // Given
    EmbeddedEngine engine = engine(List.of(assign(RETURN, Value.of(7))), EngineOptions.DEFAULT);
    List<Evaluation> seen = new ArrayList<>();

    // When
    engine.evaluate("test", input(), seen::add);

    // Then
    assertThat(seen).containsExactly(new Evaluation.Defined(Value.of(7)));
  }

  @Test
  void aRuleWithoutValueIsUndefined() throws Exception {
    assertThat(engine(List.of(), EngineOptions.DEFAULT).evaluate("test", input()))
        .isEqualTo(Evaluation.Undefined.UNDEFINED);
  }

  @Test
  void anUnknownEntrypointFailsAndSaysHowToBuildIt() throws Exception {
    // When
    Evaluation evaluation = engine(List.of(), EngineOptions.DEFAULT).evaluate("other", input());

    // Then
    assertThat(cause(evaluation))
        .isInstanceOf(PolicyException.UnknownEntrypoint.class)
        .hasMessageContaining("-e other");
  }

  @Test
  void twoValuesForOneRuleAreAConflict() throws Exception {
    // Given
    List<Block> blocks = List.of(assign(RETURN, Value.of(1)), assign(RETURN, Value.of(2)));

    // When
    Evaluation evaluation = engine(blocks, EngineOptions.DEFAULT).evaluate("test", input());

    // Then
    assertThat(cause(evaluation))
        .isInstanceOf(PolicyException.Conflict.class)
        .hasMessage("rule data.test produced conflicting values");
  }

  @Test
  void aFailingBuiltinIsUndefinedUnlessTheEngineIsStrict() throws Exception {
    // Given
    List<Block> blocks =
        List.of(
            new Block(
                List.of(
                    new Statement.MakeConstant(Value.of(0), 3),
                    new Statement.Call("div", List.of(local(3), local(3)), 4),
                    new Statement.AssignOnce(local(4), RETURN))));
    EngineOptions strict = new EngineOptions(true, Duration.ofSeconds(1), 1_000);

    // Then
    assertThat(engine(blocks, EngineOptions.DEFAULT).evaluate("test", input()))
        .isEqualTo(Evaluation.Undefined.UNDEFINED);
    assertThat(cause(engine(blocks, strict).evaluate("test", input())))
        .isInstanceOf(PolicyException.BuiltinError.class)
        .hasMessage("div: divide by zero");
  }

  @Test
  void aRuleIsEvaluatedOnceUnderOneInputAndAgainUnderAnother() throws Exception {
    // Given: made = {"x": input.x}; test = [made, made, made with input.x as 2, made]
    Policy.Function made =
        rule(
            "made",
            new Block(
                List.of(
                    new Statement.Dot(local(INPUT), text("x"), 3),
                    new Statement.MakeObject(RETURN),
                    new Statement.ObjectInsert(text("x"), local(3), RETURN))));
    Block test =
        new Block(
            List.of(
                new Statement.MakeArray(4, RETURN),
                callMade(3),
                new Statement.ArrayAppend(local(3), RETURN),
                callMade(3),
                new Statement.ArrayAppend(local(3), RETURN),
                new Statement.MakeConstant(Value.of(2), 4),
                new Statement.Blocks(
                    List.of(
                        new Block(
                            List.of(
                                new Statement.With(
                                    INPUT,
                                    List.of(Value.of("x")),
                                    local(4),
                                    new Block(
                                        List.of(
                                            callMade(3),
                                            new Statement.ArrayAppend(local(3), RETURN)))))))),
                callMade(3),
                new Statement.ArrayAppend(local(3), RETURN)));
    EmbeddedEngine engine =
        load(
            new Policy(List.of(entrypoint()), List.of(made, rule("test", test)), List.of()),
            EngineOptions.DEFAULT);

    // When
    Evaluation evaluation = engine.evaluate("test", new ObjectValue(1).put("x", 1));

    // Then
    ArrayValue values = (ArrayValue) ((Evaluation.Defined) evaluation).value();
    assertThat(values).hasToString("[{\"x\":1},{\"x\":1},{\"x\":2},{\"x\":1}]");
    assertThat(values.get(0)).isSameAs(values.get(1)).isSameAs(values.get(3));
  }

  @Test
  void aFunctionOfThousandsOfBlocksIsSplitIntoMethodsThatTheJvmCompiles() throws Exception {
    // Given: a set of the numbers i for which input.list contains i, one block for each.
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block(List.of(new Statement.MakeSet(RETURN))));
    for (int i = 0; i < 4_000; i++) {
      blocks.add(
          new Block(
              List.of(
                  new Statement.MakeConstant(Value.of(i), 3),
                  new Statement.Dot(local(INPUT), text("list"), 4),
                  new Statement.Scan(
                      4,
                      5,
                      6,
                      new Block(
                          List.of(
                              new Statement.Equal(local(6), local(3)),
                              new Statement.SetAdd(local(3), RETURN)))))));
    }
    Policy policy = policy(blocks);
    ObjectValue input = new ObjectValue(1).put("list", numbers(3));

    // When
    Evaluation evaluation = load(policy, EngineOptions.DEFAULT).evaluate("test", input);
    byte[] compiled = new PolicyCompiler(policy, Builtins.offered(), Outliner.LIMIT).bytes();

    // Then
    assertThat(evaluation)
        .isEqualTo(
            new Evaluation.Defined(SetValue.of(List.of(Value.of(0), Value.of(1), Value.of(2)))));
    assertThat(ClassFile.of().parse(compiled).methods())
        .hasSizeGreaterThan(20)
        .allSatisfy(method -> assertThat(codeLength(method)).isLessThan(8_000));
  }

  @Test
  void aLongRunOfStatementsIsSplitToo() throws Exception {
    // Given
    List<Statement> statements = new ArrayList<>();
    statements.add(new Statement.MakeArray(0, RETURN));
    for (int i = 0; i < 4_000; i++) {
      statements.add(new Statement.MakeConstant(Value.of(i), 3 + i % 50));
      statements.add(new Statement.ArrayAppend(local(3 + i % 50), RETURN));
    }
    Policy policy = policy(List.of(new Block(statements)));

    // When
    Evaluation evaluation = load(policy, EngineOptions.DEFAULT).evaluate("test", input());
    byte[] compiled = new PolicyCompiler(policy, Builtins.offered(), Outliner.LIMIT).bytes();

    // Then
    assertThat(((Evaluation.Defined) evaluation).value()).isEqualTo(numbers(4_000));
    assertThat(ClassFile.of().parse(compiled).methods())
        .allSatisfy(method -> assertThat(codeLength(method)).isLessThan(8_000));
  }

  @Test
  void everyBuiltinThatIsNotOfferedIsNamed() {
    // Given
    Policy policy =
        new Policy(
            List.of(entrypoint()),
            List.of(rule("test")),
            List.of("plus", "http.send", "graphql.parse"));

    // Then
    assertThatThrownBy(() -> load(policy, EngineOptions.DEFAULT))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("graphql.parse (")
        .hasMessageContaining("http.send (a decision in a data path must not wait for a network)")
        .hasMessageNotContaining("plus");
  }

  @Test
  void aPlanWithoutEntrypointIsRefused() {
    assertThatThrownBy(
            () -> load(new Policy(List.of(), List.of(), List.of()), EngineOptions.DEFAULT))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("opa build -t plan -e");
  }

  @Test
  void aStatementOfTheFutureIsRefusedByName() throws Exception {
    // Given
    Value plan =
        Json.read(
            """
            {"plans": {"plans": [{"name": "test", "blocks": [{"stmts":
              [{"type": "TeleportStmt", "stmt": {}}]}]}]}}
            """);
    Bundle bundle = new Bundle("", plan, new ObjectValue(0));

    // Then
    assertThatThrownBy(() -> EmbeddedEngine.load(bundle))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("TeleportStmt");
  }

  @Test
  void aCallThatDoesNotFitItsFunctionIsRefused() {
    // Given
    List<Block> blocks = List.of(new Block(List.of(new Statement.Call("plus", List.of(), RETURN))));

    // Then
    assertThatThrownBy(() -> engine(blocks, EngineOptions.DEFAULT))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("number of arguments");
  }
}

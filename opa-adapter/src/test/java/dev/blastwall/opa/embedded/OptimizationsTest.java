package dev.blastwall.opa.embedded;

import static dev.blastwall.opa.embedded.Plans.INPUT;
import static dev.blastwall.opa.embedded.Plans.RETURN;
import static dev.blastwall.opa.embedded.Plans.cause;
import static dev.blastwall.opa.embedded.Plans.engine;
import static dev.blastwall.opa.embedded.Plans.input;
import static dev.blastwall.opa.embedded.Plans.local;
import static dev.blastwall.opa.embedded.Plans.numbers;
import static dev.blastwall.opa.embedded.Plans.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.blastwall.opa.BooleanValue;
import dev.blastwall.opa.Evaluation;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.PolicyException;
import dev.blastwall.opa.SetValue;
import dev.blastwall.opa.Value;
import dev.blastwall.opa.plan.Block;
import dev.blastwall.opa.plan.Operand;
import dev.blastwall.opa.plan.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is left out of a plan, or done when it is loaded, and where it must not be. */
class OptimizationsTest {
  private static final Operand TRUE = new Operand.Constant(BooleanValue.TRUE);
  private static final Operand FALSE = new Operand.Constant(BooleanValue.FALSE);

  @Test
  void aCollectionThatIsWrittenOutIsMadeOnce() throws Exception {
    // Given: {"a", {"b"}}
    EmbeddedEngine engine =
        engine(
            List.of(
                new Block(
                    List.of(
                        new Statement.MakeSet(3),
                        new Statement.SetAdd(text("b"), 3),
                        new Statement.MakeSet(RETURN),
                        new Statement.SetAdd(text("a"), RETURN),
                        new Statement.SetAdd(local(3), RETURN)))),
            EngineOptions.DEFAULT);

    // When
    Value first = value(engine.evaluate("test", input()));

    // Then
    assertThat(first).hasToString("[\"a\",[\"b\"]]");
    assertThat(value(engine.evaluate("test", input()))).isSameAs(first);
  }

  @Test
  void aCollectionThatIsFilledLaterIsMadeEachTime() throws Exception {
    // Given: {"a"} and input.x, which another block adds.
    EmbeddedEngine engine =
        engine(
            List.of(
                new Block(
                    List.of(
                        new Statement.MakeSet(RETURN), new Statement.SetAdd(text("a"), RETURN))),
                new Block(
                    List.of(
                        new Statement.Dot(local(INPUT), text("x"), 3),
                        new Statement.SetAdd(local(3), RETURN)))),
            EngineOptions.DEFAULT);

    // When
    engine.evaluate("test", new ObjectValue(1).put("x", 1));

    // Then
    assertThat(value(engine.evaluate("test", new ObjectValue(1).put("x", 2))))
        .isEqualTo(SetValue.of(List.of(Value.of("a"), Value.of(2))));
  }

  @Test
  void aCollectionThatIsFilledThroughAnotherNameIsMadeEachTime() throws Exception {
    // Given: test.inner gets input.x, through what test holds under "inner".
    EmbeddedEngine engine =
        engine(
            List.of(
                new Block(
                    List.of(
                        new Statement.MakeObject(3),
                        new Statement.MakeObject(RETURN),
                        new Statement.ObjectInsert(text("inner"), local(3), RETURN),
                        new Statement.Dot(local(RETURN), text("inner"), 4),
                        new Statement.Dot(local(INPUT), text("x"), 5),
                        new Statement.ObjectInsertOnce(text("x"), local(5), 4)))),
            EngineOptions.DEFAULT);

    // When
    engine.evaluate("test", new ObjectValue(1).put("x", 1));

    // Then
    assertThat(value(engine.evaluate("test", new ObjectValue(1).put("x", 2))))
        .hasToString("{\"inner\":{\"x\":2}}");
  }

  @Test
  void objectsOfOnePlaceShareTheirKeysAndNothingElse() throws Exception {
    // Given: {"b": input.x, "a": "a"} and input.k, which another block adds
    EmbeddedEngine engine =
        engine(
            List.of(
                new Block(
                    List.of(
                        new Statement.Dot(local(INPUT), text("x"), 3),
                        new Statement.MakeObject(RETURN),
                        new Statement.ObjectInsert(text("b"), local(3), RETURN),
                        new Statement.ObjectInsert(text("a"), text("a"), RETURN))),
                new Block(
                    List.of(
                        new Statement.Dot(local(INPUT), text("k"), 4),
                        new Statement.ObjectInsert(local(4), text("k"), RETURN)))),
            EngineOptions.DEFAULT);

    // When
    Value plain = value(engine.evaluate("test", new ObjectValue(1).put("x", 1)));
    Value more = value(engine.evaluate("test", new ObjectValue(1).put("x", 2).put("k", "c")));
    Value other = value(engine.evaluate("test", new ObjectValue(1).put("x", 3).put("k", "0")));

    // Then
    assertThat(plain).hasToString("{\"a\":\"a\",\"b\":1}");
    assertThat(more).hasToString("{\"a\":\"a\",\"b\":2,\"c\":\"k\"}");
    assertThat(other).hasToString("{\"0\":\"k\",\"a\":\"a\",\"b\":3}");
  }

  @Test
  void anObjectWithoutOneOfItsValuesIsUndefined() throws Exception {
    // Given: {"b": input.x}
    EmbeddedEngine engine =
        engine(
            List.of(
                new Block(
                    List.of(
                        new Statement.Blocks(
                            List.of(
                                new Block(List.of(new Statement.Dot(local(INPUT), text("x"), 3))))),
                        new Statement.MakeObject(RETURN),
                        new Statement.ObjectInsert(text("b"), local(3), RETURN)))),
            EngineOptions.DEFAULT);

    // Then
    assertThat(engine.evaluate("test", input())).isEqualTo(Evaluation.Undefined.UNDEFINED);
  }

  @Test
  void membersAreSortedOnlyWhereTheirOrderOutlivesTheIteration() {
    // Given: for some x in 3 { [x] }, and the same into an array from outside
    Statement append = new Statement.ArrayAppend(local(5), 6);
    Statement.Scan inner = new Statement.Scan(3, 4, 5, new Block(List.of(append)));

    // Then
    assertThat(Walks.isOrderSeen(inner)).isTrue();
    assertThat(Walks.isOrderSeen(scan(new Statement.MakeArray(1, 6), append))).isFalse();
    assertThat(Walks.isOrderSeen(scan(append, new Statement.MakeArray(1, 6)))).isTrue();
    assertThat(Walks.isOrderSeen(scan(new Statement.MakeArray(1, 6), inner))).isFalse();
  }

  private static Statement.Scan scan(Statement... statements) {
    return new Statement.Scan(3, 4, 5, new Block(List.of(statements)));
  }

  @Test
  void methodsShareOnlyWhatPassesBetweenThem() {
    // Given: a method that writes 3 before it reads it, and reads 4, which its caller wrote
    Block split =
        new Block(
            List.of(
                new Statement.Assign(text("a"), 3),
                new Statement.SetAdd(local(3), RETURN),
                new Statement.SetAdd(local(4), RETURN)));
    Block main =
        new Block(
            List.of(
                new Statement.MakeSet(RETURN),
                new Statement.Assign(text("b"), 3),
                new Statement.SetAdd(local(3), RETURN),
                new Statement.Assign(text("c"), 4),
                new Statement.Outlined(split)));

    // When
    Variables variables = Variables.of(main, List.of(INPUT, 1));

    // Then
    assertThat(variables.isShared(3)).isFalse();
    assertThat(variables.isShared(4)).isTrue();
    assertThat(variables.isShared(RETURN)).isTrue();
  }

  @Test
  void whatASplitMethodLeavesForItsCallerIsShared() {
    // Given: 3 is written before the call too, but by then it holds something else
    Block main =
        new Block(
            List.of(
                new Statement.Assign(text("b"), 3),
                new Statement.Outlined(new Block(List.of(new Statement.Assign(text("a"), 3)))),
                new Statement.Return(3)));

    // Then
    assertThat(Variables.of(main, List.of(INPUT, 1)).isShared(3)).isTrue();
  }

  @Test
  void ofAThousandRulesForAThousandValuesOneIsLookedAt() {
    // Given
    List<Block> rules = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      rules.add(routeRule("route-" + i, new Statement.SetAdd(text("rule-" + i), RETURN)));
    }

    // When
    List<Statement> indexed = RuleIndex.of(List.of(INPUT, 1), rules);

    // Then
    assertThat(indexed).singleElement().isInstanceOf(Statement.Dispatch.class);
    assertThat(Sizes.of(new Outliner(Outliner.LIMIT).shrink(new Block(indexed)).statements()))
        .isLessThan(Outliner.LIMIT);
  }

  @Test
  void everyRuleForAValueRunsAndThoseForAllValuesToo() throws Exception {
    // Given
    List<Block> rules = new ArrayList<>();
    rules.add(new Block(List.of(new Statement.MakeSet(RETURN))));
    for (int i = 0; i < 200; i++) {
      rules.add(routeRule("route-" + i % 100, new Statement.SetAdd(text("rule-" + i), RETURN)));
    }
    rules.add(new Block(List.of(new Statement.SetAdd(text("always"), RETURN))));
    EmbeddedEngine engine = engine(rules, EngineOptions.DEFAULT);

    // Then
    assertThat(value(engine.evaluate("test", new ObjectValue(1).put("route", "route-42"))))
        .hasToString("[\"always\",\"rule-142\",\"rule-42\"]");
    assertThat(value(engine.evaluate("test", new ObjectValue(1).put("route", "route-100"))))
        .hasToString("[\"always\"]");
    assertThat(value(engine.evaluate("test", input()))).hasToString("[\"always\"]");
  }

  @Test
  void aRuleThatLeavesALocalForOthersIsNotLeftOut() {
    // Given: the third block reads what the heads of the others reset.
    List<Block> rules =
        List.of(
            routeRule("a", new Statement.AssignOnce(TRUE, 3)),
            routeRule("b", new Statement.AssignOnce(TRUE, 3)),
            new Block(
                List.of(
                    new Statement.IsUndefined(3), new Statement.SetAdd(text("neither"), RETURN))));

    // Then
    assertThat(RuleIndex.of(List.of(INPUT, 1), rules))
        .noneMatch(statement -> statement instanceof Statement.Dispatch);
  }

  @Test
  void aRuleThatHoldsEndsItsIterationsAndTheRulesBehindIt() throws Exception {
    // Given: test is true if some element of input.list is 0; twice. A million steps are too many.
    List<Block> rules = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      rules.add(someElement(Value.of(0)));
      rules.add(handOn());
    }
    ObjectValue input = new ObjectValue(1).put("list", numbers(1_000_000));
    EngineOptions few = new EngineOptions(false, Duration.ofMinutes(1), 2_000);

    // Then
    assertThat(value(engine(rules, few).evaluate("test", input))).isEqualTo(BooleanValue.TRUE);
    assertThat(cause(engine(List.of(someElement(Value.of(-1))), few).evaluate("test", input)))
        .isInstanceOf(PolicyException.StepsExceeded.class);
  }

  @Test
  void rulesWithDifferentValuesStillContradictEachOther() throws Exception {
    // Given
    List<Block> rules =
        List.of(
            new Block(List.of(new Statement.Reset(3), new Statement.AssignOnce(TRUE, 3))),
            handOn(),
            new Block(List.of(new Statement.Reset(3), new Statement.AssignOnce(FALSE, 3))),
            handOn());

    // Then
    assertThat(cause(engine(rules, EngineOptions.DEFAULT).evaluate("test", input())))
        .isInstanceOf(PolicyException.Conflict.class);
  }

  @Test
  void aDefaultHoldsOnlyWhereNoRuleDoes() throws Exception {
    // Given
    List<Block> rules =
        List.of(
            someElement(Value.of(7)),
            handOn(),
            someElement(Value.of(8)),
            handOn(),
            new Block(
                List.of(
                    new Statement.IsUndefined(RETURN), new Statement.AssignOnce(FALSE, RETURN))));
    EmbeddedEngine engine = engine(rules, EngineOptions.DEFAULT);

    // Then
    assertThat(value(engine.evaluate("test", new ObjectValue(1).put("list", numbers(9)))))
        .isEqualTo(BooleanValue.TRUE);
    assertThat(value(engine.evaluate("test", new ObjectValue(1).put("list", numbers(7)))))
        .isEqualTo(BooleanValue.FALSE);
  }

  private static Block routeRule(String route, Statement then) {
    return new Block(
        List.of(
            new Statement.Reset(3),
            new Statement.Dot(local(INPUT), text("route"), 4),
            new Statement.Equal(local(4), text(route)),
            then));
  }

  /** Local 3 is true if some element of {@code input.list} is the value. */
  private static Block someElement(Value value) {
    return new Block(
        List.of(
            new Statement.Reset(3),
            new Statement.Dot(local(INPUT), text("list"), 4),
            new Statement.MakeConstant(value, 7),
            new Statement.Scan(
                4,
                5,
                6,
                new Block(
                    List.of(
                        new Statement.Equal(local(6), local(7)),
                        new Statement.AssignOnce(TRUE, 3))))));
  }

  private static Block handOn() {
    return new Block(
        List.of(new Statement.IsDefined(3), new Statement.AssignOnce(local(3), RETURN)));
  }

  private static Value value(Evaluation evaluation) {
    assertThat(evaluation).isInstanceOf(Evaluation.Defined.class);
    return ((Evaluation.Defined) evaluation).value();
  }
}

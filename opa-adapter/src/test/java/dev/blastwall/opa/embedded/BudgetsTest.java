package dev.blastwall.opa.embedded;

import static dev.blastwall.opa.embedded.Plans.INPUT;
import static dev.blastwall.opa.embedded.Plans.RETURN;
import static dev.blastwall.opa.embedded.Plans.cause;
import static dev.blastwall.opa.embedded.Plans.engine;
import static dev.blastwall.opa.embedded.Plans.input;
import static dev.blastwall.opa.embedded.Plans.local;
import static dev.blastwall.opa.embedded.Plans.nestedScans;
import static dev.blastwall.opa.embedded.Plans.numbers;
import static dev.blastwall.opa.embedded.Plans.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.blastwall.opa.Cancellation;
import dev.blastwall.opa.Evaluation;
import dev.blastwall.opa.NumberValue;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.PolicyException;
import dev.blastwall.opa.Value;
import dev.blastwall.opa.plan.Block;
import dev.blastwall.opa.plan.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a decision may take: policies that loop or explode end in an error that says which. */
class BudgetsTest {
  @Test
  void aDecisionThatTakesTooManyStepsFails() throws Exception {
    // Given: as many iterations as the number of elements to the fourth power.
    EngineOptions few = new EngineOptions(false, Duration.ofMinutes(1), 100_000);
    ObjectValue input = new ObjectValue(1).put("list", numbers(100));

    // When
    Evaluation evaluation = engine(nestedScans(), few).evaluate("test", input);

    // Then
    assertThat(cause(evaluation)).isInstanceOf(PolicyException.StepsExceeded.class);
  }

  @Test
  void aDecisionThatTakesTooMuchTimeFails() throws Exception {
    // Given
    EngineOptions brief = new EngineOptions(false, Duration.ofMillis(20), Long.MAX_VALUE);
    ObjectValue input = new ObjectValue(1).put("list", numbers(1_000));

    // When
    Evaluation evaluation = engine(nestedScans(), brief).evaluate("test", input);

    // Then
    assertThat(cause(evaluation)).isInstanceOf(PolicyException.TimeExceeded.class);
  }

  @Test
  void aBuiltinThatWouldFillTheMemoryRunsIntoTheBudget() throws Exception {
    // Given
    EngineOptions few = new EngineOptions(false, Duration.ofMinutes(1), 100_000);
    List<Block> blocks =
        List.of(
            new Block(
                List.of(
                    new Statement.MakeConstant(Value.of(0), 3),
                    new Statement.MakeConstant(NumberValue.parse("1000000000000"), 4),
                    new Statement.Call("numbers.range", List.of(local(3), local(4)), RETURN))));

    // Then
    assertThat(cause(engine(blocks, few).evaluate("test", input())))
        .isInstanceOf(PolicyException.StepsExceeded.class);
  }

  @Test
  void aDecisionThatFillsACollectionRunsIntoTheMemoryBudget() throws Exception {
    // Given: every pair of elements of input.list, in a set.
    Block add =
        new Block(
            List.of(
                new Statement.MakeArray(2, 8),
                new Statement.ArrayAppend(local(5), 8),
                new Statement.ArrayAppend(local(7), 8),
                new Statement.SetAdd(local(8), RETURN)));
    Block pairs =
        new Block(
            List.of(
                new Statement.MakeSet(RETURN),
                new Statement.Dot(local(INPUT), text("list"), 3),
                new Statement.Scan(3, 4, 5, new Block(List.of(new Statement.Scan(3, 6, 7, add))))));
    ObjectValue input = new ObjectValue(1).put("list", numbers(200));

    // Then
    assertThat(cause(engine(List.of(pairs), memory(1_000_000)).evaluate("test", input)))
        .isInstanceOf(PolicyException.MemoryExceeded.class);
    assertThat(engine(List.of(pairs), memory(10_000_000)).evaluate("test", input))
        .isInstanceOf(Evaluation.Defined.class);
  }

  @Test
  void aNumberThatDoublesItsDigitsRunsIntoTheMemoryBudget() throws Exception {
    // Given: 10, squared thirty times.
    List<Statement> statements = new ArrayList<>();
    statements.add(new Statement.MakeConstant(Value.of(10), RETURN));
    for (int i = 0; i < 30; i++) {
      statements.add(new Statement.Call("mul", List.of(local(RETURN), local(RETURN)), RETURN));
    }

    // Then
    assertThat(
            cause(engine(List.of(new Block(statements)), memory(10_000)).evaluate("test", input())))
        .isInstanceOf(PolicyException.MemoryExceeded.class);
  }

  @Test
  void anArrayThatDoublesItsLengthRunsIntoTheMemoryBudget() throws Exception {
    // Given
    List<Statement> statements = new ArrayList<>();
    statements.add(new Statement.Dot(local(INPUT), text("list"), RETURN));
    for (int i = 0; i < 40; i++) {
      statements.add(
          new Statement.Call("array.concat", List.of(local(RETURN), local(RETURN)), RETURN));
    }
    ObjectValue input = new ObjectValue(1).put("list", numbers(10));

    // Then
    assertThat(
            cause(
                engine(List.of(new Block(statements)), memory(1_000_000)).evaluate("test", input)))
        .isInstanceOf(PolicyException.MemoryExceeded.class);
  }

  @Test
  void aDecisionThatIsGivenUpEnds() throws Exception {
    // Given: a decision that would take longer than anybody waits.
    EngineOptions generous = new EngineOptions(false, Duration.ofDays(1), Long.MAX_VALUE);
    EmbeddedEngine engine = engine(nestedScans(), generous);
    ObjectValue input = new ObjectValue(1).put("list", numbers(100_000));
    Cancellation cancellation = new Cancellation();
    CompletableFuture<Evaluation> evaluation =
        CompletableFuture.supplyAsync(() -> engine.evaluate("test", input, cancellation));

    // When
    cancellation.cancel();

    // Then
    assertThat(cause(evaluation.join())).isInstanceOf(PolicyException.Cancelled.class);
  }

  private static EngineOptions memory(long bytes) {
    return new EngineOptions(false, Duration.ofMinutes(1), Long.MAX_VALUE, bytes);
  }
}

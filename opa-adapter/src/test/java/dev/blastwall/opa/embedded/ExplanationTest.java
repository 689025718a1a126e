package dev.blastwall.opa.embedded;

import static dev.blastwall.opa.embedded.Plans.INPUT;
import static dev.blastwall.opa.embedded.Plans.RETURN;
import static dev.blastwall.opa.embedded.Plans.engine;
import static dev.blastwall.opa.embedded.Plans.input;
import static dev.blastwall.opa.embedded.Plans.local;
import static dev.blastwall.opa.embedded.Plans.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.BooleanValue;
import dev.blastwall.opa.Evaluation;
import dev.blastwall.opa.EvaluationListener;
import dev.blastwall.opa.Explanation;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.SetValue;
import dev.blastwall.opa.Value;
import dev.blastwall.opa.plan.Block;
import dev.blastwall.opa.plan.Location;
import dev.blastwall.opa.plan.Operand;
import dev.blastwall.opa.plan.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What can be learned about a decision besides its value. */
class ExplanationTest {
  @Test
  void anExplanationNamesTheRulesThatHeldWithTheirFileAndRow() throws Exception {
    // Given: three rules for one set, of which the second fails; and a set inside the third.
    EmbeddedEngine engine =
        engine(
            List.of(
                new Block(List.of(new Statement.MakeSet(RETURN))),
                new Block(adds("always", 3)),
                new Block(
                    List.of(
                        new Statement.Dot(local(INPUT), text("never"), 4),
                        new Statement.SetAdd(text("sometimes"), RETURN),
                        mark(RETURN, 7))),
                new Block(
                    List.of(
                        new Statement.MakeSet(5),
                        new Statement.SetAdd(text("inner"), 5),
                        mark(5, 12),
                        new Statement.SetAdd(local(5), RETURN),
                        mark(RETURN, 11)))),
            EngineOptions.DEFAULT);

    // When
    Explanation explanation = engine.explain("test", input());

    // Then
    assertThat(explanation.evaluation()).isEqualTo(engine.evaluate("test", input()));
    assertThat(explanation.rules())
        .containsExactly(
            new Explanation.Rule("data.test", "test.rego", 3),
            new Explanation.Rule("data.test", "test.rego", 11));
  }

  @Test
  void anExplanationNamesEveryRuleThatHoldsThoughOneDecides() throws Exception {
    // Given
    List<Block> rules = new ArrayList<>();
    for (int row = 1; row <= 2; row++) {
      rules.add(
          new Block(
              List.of(
                  new Statement.Reset(3),
                  new Statement.AssignOnce(new Operand.Constant(BooleanValue.TRUE), 3),
                  mark(3, row))));
      rules.add(
          new Block(
              List.of(
                  new Statement.IsDefined(3),
                  new Statement.AssignOnce(local(3), RETURN),
                  mark(RETURN, 99))));
    }

    // When
    Explanation explanation = engine(rules, EngineOptions.DEFAULT).explain("test", input());

    // Then
    assertThat(explanation.rules()).extracting(Explanation.Rule::row).containsExactly(1, 2);
  }

  @Test
  void whatAPolicyPrintsIsHeard() throws Exception {
    // Given: print("of", {1, 2}, undefined)
    List<Statement> statements = new ArrayList<>();
    statements.add(
        new Statement.MakeConstant(
            ArrayValue.of(
                SetValue.of(List.of(Value.of("of"))),
                SetValue.of(List.of(Value.of(1), Value.of(2))),
                new SetValue(0)),
            3));
    statements.add(new Statement.Call("internal.print", List.of(local(3)), RETURN));
    List<String> heard = new ArrayList<>();
    EvaluationListener listener =
        new EvaluationListener() {
          @Override
          public void printed(String text) {
            heard.add(text);
          }

          @Override
          public void traced(String note) {}
        };

    // When
    Evaluation evaluation =
        engine(List.of(new Block(statements)), EngineOptions.DEFAULT)
            .heardBy(listener)
            .evaluate("test", new ObjectValue(0));

    // Then
    assertThat(evaluation).isEqualTo(new Evaluation.Defined(BooleanValue.TRUE));
    assertThat(heard).containsExactly("of 1 <undefined>", "of 2 <undefined>");
  }

  private static List<Statement> adds(String element, int row) {
    return List.of(new Statement.SetAdd(text(element), RETURN), mark(RETURN, row));
  }

  private static Statement mark(int local, int row) {
    return new Statement.Mark(local, new Location("test.rego", row, 1, row, 9));
  }
}

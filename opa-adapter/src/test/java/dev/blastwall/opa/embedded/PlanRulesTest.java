package dev.blastwall.opa.embedded;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blastwall.opa.BundleException;
import dev.blastwall.opa.plan.Block;
import dev.blastwall.opa.plan.Policy;
import dev.blastwall.opa.plan.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Plans that fuzzing found to have code which the JVM does not load. */
class PlanRulesTest {
  private static void assertRefused(List<Block> entrypoint, Policy.Function function, String why) {
    Policy policy =
        new Policy(
            List.of(new Policy.Entrypoint("test", entrypoint)), List.of(function), List.of());
    assertThatThrownBy(() -> Plans.load(policy, EngineOptions.DEFAULT))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining(why);
  }

  private static List<Block> block(Statement... statements) {
    return List.of(new Block(List.of(statements)));
  }

  @Test
  void aBreakOutOfItsFunctionIsRefused() {
    Statement outwards = new Statement.Blocks(block(new Statement.Break(2)));
    assertRefused(
        List.of(), Plans.rule("test", new Block(List.of(outwards))), "a break leaves its function");
    assertRefused(block(outwards), Plans.rule("test"), "a break leaves its function");
  }

  @Test
  void aReturnInAnEntrypointIsRefused() {
    assertRefused(block(new Statement.Return(1)), Plans.rule("test"), "an entrypoint returns");
  }

  @Test
  void aFunctionOfMoreParametersThanAMethodCanHaveIsRefused() {
    List<Integer> params = new ArrayList<>(IntStream.range(0, 300).boxed().toList());
    assertRefused(
        List.of(),
        new Policy.Function("f", List.of(), params, block(new Statement.Return(2))),
        "too many parameters");
  }
}

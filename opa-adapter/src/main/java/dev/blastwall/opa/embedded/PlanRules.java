package dev.blastwall.opa.embedded;

import dev.blastwall.opa.plan.Block;
import dev.blastwall.opa.plan.Policy;
import java.util.List;

/** What OPA's planner never does, and what the JVM would not load the code for. */
final class PlanRules {
  /** More parameters than a method of the JVM can have, and than any rule has. */
  private static final int MAX_PARAMS = 200;

  private PlanRules() {}

  /**
   * Looks at a whole plan.
   *
   * @throws PlanDefect when it breaks a rule
   */
  static void check(Policy policy) {
    for (Policy.Entrypoint entrypoint : policy.entrypoints()) {
      if (entrypoint.blocks().stream().anyMatch(Walks::returns)) {
        throw new PlanDefect("an entrypoint returns");
      }
      checkBody(entrypoint.blocks());
    }
    for (Policy.Function function : policy.functions()) {
      if (function.params().size() > MAX_PARAMS) {
        throw new PlanDefect("the function " + function.name() + " has too many parameters");
      }
      checkBody(function.blocks());
    }
  }

  private static void checkBody(List<Block> blocks) {
    for (Block block : blocks) {
      if (Walks.breaksOutOf(block).last() > 0) {
        throw new PlanDefect("a break leaves its function");
      }
    }
  }
}

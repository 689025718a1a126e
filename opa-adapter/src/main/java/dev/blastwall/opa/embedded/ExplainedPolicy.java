package dev.blastwall.opa.embedded;

import dev.blastwall.opa.BundleException;
import dev.blastwall.opa.Evaluation;
import dev.blastwall.opa.Explanation;
import dev.blastwall.opa.builtin.Builtins;
import dev.blastwall.opa.plan.Policy;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * The plan a second time, as code that marks each rule that holds and each condition that is met;
 * compiled when the first explanation is asked for.
 */
final class ExplainedPolicy {
  private final Policy policy;
  private final int methodLimit;
  private final MarkedRules rules = new MarkedRules();
  private PolicyCompiler.@Nullable Compiled compiled;

  ExplainedPolicy(Policy policy, int methodLimit) {
    this.policy = policy;
    this.methodLimit = methodLimit;
  }

  synchronized PolicyCompiler.Compiled compiled() {
    if (compiled == null) {
      try {
        compiled = PolicyCompiler.compile(policy, Builtins.offered(), methodLimit, rules);
      } catch (BundleException e) {
        throw new IllegalStateException("what was compiled once compiles again", e);
      }
    }
    return compiled;
  }

  /** What was found on the way to a decision. */
  synchronized Explanation explanation(Evaluation evaluation, BitSet marks) {
    return new Explanation(evaluation, rules.held(marks), rules.missed(marks));
  }
}

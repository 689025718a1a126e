package dev.blastwall.opa.embedded;

import dev.blastwall.opa.BundleException;
import dev.blastwall.opa.Explanation;
import dev.blastwall.opa.builtin.Builtins;
import dev.blastwall.opa.plan.Policy;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The plan a second time, as code that marks each rule that holds; compiled when the first
 * explanation is asked for.
 */
final class ExplainedPolicy {
  private final Policy policy;
  private final int methodLimit;
  private final List<Explanation.Rule> rules = new ArrayList<>();
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

  /** The rules that were marked, in the order of the plan. */
  synchronized List<Explanation.Rule> rules(BitSet marks) {
    return marks.stream().mapToObj(rules::get).toList();
  }
}

package dev.blastwall.cli;

import dev.blastwall.opa.Explanation;
import dev.blastwall.opa.Explanation.Miss;
import dev.blastwall.opa.Explanation.Rule;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;

/** What rules had to do with an answer, which may have taken several questions. */
final class ExplanationText {

  private static final int MOST = 5;

  private final Set<Rule> held = new LinkedHashSet<>();
  private final Map<Rule, Miss> missed = new LinkedHashMap<>();

  ExplanationText(Collection<Explanation> explanations) {
    for (Explanation explanation : explanations) {
      held.addAll(explanation.rules());
      for (Miss miss : explanation.misses()) {
        missed.merge(miss.rule(), miss, BinaryOperator.minBy(Comparator.naturalOrder()));
      }
    }
    missed.keySet().removeAll(held);
  }

  /** Whether the author of the policy can change it. */
  static boolean isOfPolicy(Rule rule) {
    return rule.path().startsWith("data.policy.");
  }

  /** The rules that held, those of the library too. */
  Collection<Rule> held() {
    return held;
  }

  /** Prints a line for each rule. */
  static void print(Collection<Rule> rules, String indent, PrintWriter out) {
    for (Rule rule : rules) {
      out.println(indent + line(rule));
    }
  }

  /** Prints which rules of the policy came closest, or nothing if all that were tried held. */
  void printClosest(String title, String indent, PrintWriter out) {
    List<Miss> closest =
        missed.values().stream()
            .filter(miss -> isOfPolicy(miss.rule()))
            .sorted()
            .limit(MOST)
            .toList();
    if (!closest.isEmpty()) {
      out.println(title);
    }
    for (Miss miss : closest) {
      out.printf(
          "%s%s  stopped at line %d (%d of %d conditions)%n",
          indent, line(miss.rule()), miss.stoppedAt(), miss.met(), miss.conditions());
    }
  }

  private static String line(Rule rule) {
    return rule.file() + ":" + rule.row() + "  " + rule.path();
  }
}

package dev.blastwall.opa.embedded;

import dev.blastwall.opa.Explanation;
import dev.blastwall.opa.plan.Location;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;

/** What the numbers stand for under which an explained evaluation remembers what it reached. */
final class MarkedRules {
  /** A rule has several bodies if it has an else on the same row. */
  private record Head(Explanation.Rule rule, Location location) {}

  private final Map<Explanation.Rule, Integer> rules = new LinkedHashMap<>();
  private final Map<Head, RuleBody> bodies = new LinkedHashMap<>();
  private int numbers;

  private static Explanation.Rule rule(String path, Location head) {
    return new Explanation.Rule(path, head.file(), head.row());
  }

  /** The number that says that a rule held. */
  int held(String path, Location head) {
    return rules.computeIfAbsent(rule(path, head), added -> numbers++);
  }

  /** The body of the rule with that head. */
  RuleBody body(String path, Location head) {
    Explanation.Rule rule = rule(path, head);
    return bodies.computeIfAbsent(
        new Head(rule, head), added -> new RuleBody(rule, () -> numbers++));
  }

  /** The rules that held, in the order of the plan. */
  List<Explanation.Rule> held(BitSet marks) {
    return rules.entrySet().stream()
        .filter(rule -> marks.get(rule.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The rules that were tried and did not hold. */
  List<Explanation.Miss> missed(BitSet marks) {
    Set<Explanation.Rule> held = new HashSet<>(held(marks));
    Map<Explanation.Rule, Explanation.Miss> missed = new LinkedHashMap<>();
    for (RuleBody body : bodies.values()) {
      if (!held.contains(body.rule()) && body.wasTried(marks)) {
        missed.merge(
            body.rule(), body.miss(marks), BinaryOperator.minBy(Comparator.naturalOrder()));
      }
    }
    return missed.values().stream().sorted().toList();
  }
}

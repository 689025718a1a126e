package dev.blastwall.opa.embedded;

import dev.blastwall.opa.Explanation;
import dev.blastwall.opa.plan.Location;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntSupplier;

/** What a rule asks for, each condition under the number that says that it was met. */
final class RuleBody {
  private final Explanation.Rule rule;
  private final IntSupplier numbers;
  private final int tried;
  private final Map<Location, Integer> conditions = new LinkedHashMap<>();

  /**
   * A body of which no condition is known yet.
   *
   * @param numbers gives one that is free
   */
  RuleBody(Explanation.Rule rule, IntSupplier numbers) {
    this.rule = rule;
    this.numbers = numbers;
    this.tried = numbers.getAsInt();
  }

  Explanation.Rule rule() {
    return rule;
  }

  /** The number that says that its first condition was tried. */
  int tried() {
    return tried;
  }

  /** The number of a condition. The planner may write one out several times. */
  int condition(Location location) {
    return conditions.computeIfAbsent(location, added -> numbers.getAsInt());
  }

  /**
   * An else is not tried when what stands before it held; where nothing is asked, nothing fails.
   */
  boolean wasTried(BitSet marks) {
    return !conditions.isEmpty() && (marks.get(tried) || met(marks) > 0);
  }

  /** How far it came, given that it did not hold. */
  Explanation.Miss miss(BitSet marks) {
    int stoppedAt =
        conditions.entrySet().stream()
            .filter(condition -> !marks.get(condition.getValue()))
            .mapToInt(condition -> condition.getKey().row())
            .findFirst()
            .orElse(rule.row());
    return new Explanation.Miss(rule, stoppedAt, met(marks), conditions.size());
  }

  private int met(BitSet marks) {
    return (int) conditions.values().stream().filter(marks::get).count();
  }
}

package dev.blastwall.opa;

import java.util.Comparator;
import java.util.List;

/**
 * A decision, and what rules had to do with it.
 *
 * @param rules those that held on the way to it
 * @param misses those that were tried and did not hold, beginning with the one that came closest:
 *     by the share of its conditions that were met, then by their number
 */
public record Explanation(Evaluation evaluation, List<Rule> rules, List<Miss> misses) {
  public Explanation {
    rules = List.copyOf(rules);
    misses = List.copyOf(misses);
  }

  /**
   * A rule or function whose body held at least once.
   *
   * @param path for instance {@code data.policy.starter.refuse}
   * @param file as the build named it
   * @param row of its head, from 1
   */
  public record Rule(String path, String file, int row) {}

  /**
   * A rule or function whose body never held. A condition is an expression of the body; inside an
   * iteration it counts as met when it was met for one element. What a condition calls is a rule of
   * its own.
   *
   * @param stoppedAt the row of the first condition that was not met; that of the head if all were
   *     and its value is undefined
   * @param met how many conditions were met the time it came furthest
   * @param conditions how many there are
   */
  public record Miss(Rule rule, int stoppedAt, int met, int conditions)
      implements Comparable<Miss> {
    private static final Comparator<Miss> CLOSEST_FIRST =
        Comparator.<Miss>comparingDouble(miss -> (double) miss.met / miss.conditions)
            .thenComparing(Miss::met)
            .reversed()
            .thenComparing(miss -> miss.rule.file)
            .thenComparing(miss -> miss.rule.row)
            .thenComparing(miss -> miss.rule.path)
            .thenComparing(Miss::stoppedAt);

    /** The one that came closer is the smaller one. */
    @Override
    public int compareTo(Miss other) {
      return CLOSEST_FIRST.compare(this, other);
    }
  }
}

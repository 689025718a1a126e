package dev.blastwall.opa;

import java.util.List;

/** A decision, and the rules that held on the way to it. */
public record Explanation(Evaluation evaluation, List<Rule> rules) {
  public Explanation {
    rules = List.copyOf(rules);
  }

  /**
   * A rule or function whose body held at least once.
   *
   * @param path for instance {@code data.policy.starter.refuse}
   * @param file as the build named it
   * @param row of its head, from 1
   */
  public record Rule(String path, String file, int row) {}
}

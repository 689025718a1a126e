package dev.blastwall.opa.embedded;

import dev.blastwall.opa.plan.Policy;
import java.util.List;
import java.util.regex.Pattern;

/** OPA's words for rules that contradict each other ({@code v1/topdown/errors.go}). */
final class Conflicts {
  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private Conflicts() {}

  static String of(Policy.Function function) {
    return function.isRule()
        ? "rule " + reference(function.path()) + " produced conflicting values"
        : "function "
            + reference(function.path())
            + " produced conflicting values for the same inputs";
  }

  /** The path without the generation that the planner puts before it. */
  static String reference(List<String> path) {
    StringBuilder reference = new StringBuilder("data");
    for (String part : path.subList(Math.min(1, path.size()), path.size())) {
      reference.append(IDENTIFIER.matcher(part).matches() ? "." + part : "[\"" + part + "\"]");
    }
    return reference.toString();
  }
}

package dev.blastwall.policy;

import dev.blastwall.opa.Json;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.Value;
import java.util.List;
import java.util.Set;

/**
 * What of a decision somebody notices: two with the same outline treat a command alike, whatever
 * their words.
 *
 * @param outcome {@code forward}, {@code hold} or {@code refuse}
 * @param rules the codes of its reasons, sorted; none of a command that goes on, for nobody is told
 * @param terms masks, limits, approvers, as JSON
 */
public record DecisionOutline(String outcome, List<String> rules, String terms) {

  private static final Set<String> TERMS = Set.of("masks", "hold", "limits", "record");

  public DecisionOutline {
    rules = List.copyOf(rules);
  }

  /** The outline of {@code decision}. */
  public static DecisionOutline of(Decision decision) {
    return new DecisionOutline(DecisionJson.outcome(decision), rules(decision), terms(decision));
  }

  private static List<String> rules(Decision decision) {
    return decision instanceof Decision.Forward
        ? List.of()
        : decision.reasons().stream().map(Decision.Reason::code).distinct().sorted().toList();
  }

  private static String terms(Decision decision) {
    ObjectValue whole = DecisionJson.value(decision);
    ObjectValue terms = new ObjectValue(TERMS.size());
    for (String name : TERMS) {
      Value value = whole.get(name);
      if (value != null) {
        terms.put(name, value);
      }
    }
    return Json.write(terms);
  }
}

package dev.blastwall.identity;

import dev.blastwall.command.Principal.Kind;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says what kind of principal a claim speaks of.
 *
 * @param claim the name of a top-level claim
 * @param value what the claim must be, or contain where it is a list; null: any value
 * @param kind the kind of those who have it
 */
public record KindRule(String claim, @Nullable String value, Kind kind) {

  /** The kind of the first rule that matches, else {@code otherwise}. */
  static Kind first(List<KindRule> rules, Map<String, Object> claims, Kind otherwise) {
    return rules.stream()
        .filter(rule -> rule.matches(claims))
        .map(KindRule::kind)
        .findFirst()
        .orElse(otherwise);
  }

  private boolean matches(Map<String, Object> claims) {
    Object actual = claims.get(claim);
    return switch (actual) {
      case null -> false;
      case List<?> list -> value == null || list.contains(value);
      default -> value == null || actual.toString().equals(value);
    };
  }
}

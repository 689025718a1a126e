package dev.blastwall.opa.builtin;

import java.util.Collections;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A character, set or dot of a pattern, and how often it may stand.
 *
 * @param points the characters it stands for; null for all
 * @param flag how often
 */
record GlobToken(@Nullable Set<Integer> points, Flag flag) {
  /** How often a token may stand. */
  enum Flag {
    ONCE,
    PLUS,
    STAR
  }

  boolean repeats() {
    return flag != Flag.ONCE;
  }

  /** Whether some character fits both; a dot fits even the empty set, as in the original. */
  boolean meets(GlobToken other) {
    return points == null || other.points == null || !Collections.disjoint(points, other.points);
  }

  GlobToken with(Flag newFlag) {
    return new GlobToken(points, newFlag);
  }
}

package dev.blastwall.opa.builtin;

import dev.blastwall.opa.Value;
import java.util.List;

/**
 * {@code regex.globs_match}: whether some text fits two patterns of characters, dots and sets with
 * {@code *} and {@code +}.
 *
 * <p>What decides is the search of {@code yashtewari/glob-intersection}, which gives up at some
 * mismatches where another split might still fit.
 */
final class GlobIntersection {
  private final EvaluationContext context;

  private GlobIntersection(EvaluationContext context) {
    this.context = context;
  }

  static void register(Builtins.Registry registry) {
    registry.binary(
        "regex.globs_match",
        (context, a, b) -> {
          String left = Operands.string(a, 1);
          String right = Operands.string(b, 2);
          return Value.of(
              new GlobIntersection(context)
                  .trimmed(GlobTokens.read(context, left), GlobTokens.read(context, right)));
        });
  }

  /** Compares what is plain at both ends before the search. */
  private boolean trimmed(List<GlobToken> a, List<GlobToken> b) {
    int left = 0;
    while (left < a.size() && left < b.size() && arePlain(a.get(left), b.get(left))) {
      if (!a.get(left).meets(b.get(left))) {
        return false;
      }
      left++;
    }
    left = Math.max(0, left - 1);
    int endA = a.size();
    int endB = b.size();
    while (endA > left && endB > left && arePlain(a.get(endA - 1), b.get(endB - 1))) {
      if (!a.get(endA - 1).meets(b.get(endB - 1))) {
        return false;
      }
      endA--;
      endB--;
    }
    int kept = endA < a.size() ? 1 : 0;
    return plain(a.subList(left, endA + kept), b.subList(left, endB + kept));
  }

  private static boolean arePlain(GlobToken a, GlobToken b) {
    return !a.repeats() && !b.repeats();
  }

  private boolean plain(List<GlobToken> a, List<GlobToken> b) {
    int i = 0;
    for (; i < a.size() && i < b.size(); i++) {
      context.tick();
      if (!arePlain(a.get(i), b.get(i))) {
        return repeated(a.subList(i, a.size()), b.subList(i, b.size()));
      }
      if (!a.get(i).meets(b.get(i))) {
        return false;
      }
    }
    return i == a.size() && i == b.size();
  }

  private boolean repeated(List<GlobToken> a, List<GlobToken> b) {
    return a.getFirst().repeats() ? repeatedFirst(a, b) : repeatedFirst(b, a);
  }

  private boolean repeatedFirst(List<GlobToken> repeated, List<GlobToken> other) {
    return repeated.getFirst().flag() == GlobToken.Flag.PLUS
        ? plus(repeated, other)
        : star(repeated, other);
  }

  private boolean plus(List<GlobToken> repeated, List<GlobToken> other) {
    if (!repeated.getFirst().meets(other.getFirst())) {
      return false;
    }
    return star(repeated, other.subList(1, other.size()))
        || (other.getFirst().repeats() && plain(repeated.subList(1, repeated.size()), other));
  }

  private boolean star(List<GlobToken> repeated, List<GlobToken> other) {
    GlobToken token = repeated.getFirst();
    List<GlobToken> rest = repeated.subList(1, repeated.size());
    for (int i = 0; i < other.size(); i++) {
      context.tick();
      GlobToken next = other.get(i);
      if (!rest.isEmpty()
          && next.meets(rest.getFirst())
          && plain(rest, other.subList(i, other.size()))) {
        return true;
      }
      if (!next.meets(token)) {
        return false;
      }
    }
    return rest.isEmpty();
  }
}

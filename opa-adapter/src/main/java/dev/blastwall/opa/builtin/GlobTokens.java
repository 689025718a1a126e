package dev.blastwall.opa.builtin;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the tokens of a pattern for {@link GlobIntersection}. */
final class GlobTokens {
  private final EvaluationContext context;
  private final String pattern;
  private final int[] points;
  private int at;

  private GlobTokens(EvaluationContext context, String pattern) {
    this.context = context;
    this.pattern = pattern;
    this.points = pattern.codePoints().toArray();
  }

  static List<GlobToken> read(EvaluationContext context, String pattern) {
    GlobTokens tokens = new GlobTokens(context, pattern);
    List<GlobToken> all = new ArrayList<>();
    while (tokens.at < tokens.points.length) {
      add(all, tokens.next());
    }
    return all;
  }

  /** Two equal tokens that repeat are one; plus is the stronger. */
  private static void add(List<GlobToken> all, GlobToken token) {
    GlobToken last = all.isEmpty() ? null : all.getLast();
    boolean isSame =
        last != null
            && last.repeats()
            && token.repeats()
            && java.util.Objects.equals(last.points(), token.points());
    if (!isSame) {
      all.add(token);
    } else if (token.flag() == GlobToken.Flag.PLUS) {
      all.set(all.size() - 1, token);
    }
  }

  private GlobToken next() {
    boolean escaped = isEscape();
    int point = take();
    if (!escaped && point == ']') {
      throw invalid("set-close ']' with no preceding '['");
    }
    if (!escaped && (point == '*' || point == '+')) {
      throw invalid("flag '" + Character.toString(point) + "' must be preceded by a non-flag");
    }
    if (!escaped && point == '[') {
      Set<Integer> set = set();
      return new GlobToken(set, flag());
    }
    return new GlobToken(!escaped && point == '.' ? null : Set.of(point), flag());
  }

  private boolean isEscape() {
    return at < points.length && points[at] == '\\';
  }

  private int take() {
    if (isEscape()) {
      if (++at == points.length) {
        at--;
        throw invalid("input ends with a \\ (escape) character");
      }
    }
    return points[at++];
  }

  private GlobToken.Flag flag() {
    GlobToken.Flag flag =
        at < points.length && points[at] == '*'
            ? GlobToken.Flag.STAR
            : at < points.length && points[at] == '+' ? GlobToken.Flag.PLUS : GlobToken.Flag.ONCE;
    at += flag == GlobToken.Flag.ONCE ? 0 : 1;
    return flag;
  }

  private Set<Integer> set() {
    Set<Integer> members = new HashSet<>();
    int previous = -1;
    while (at < points.length) {
      boolean escaped = isEscape();
      int point = take();
      if (!escaped && point == ']') {
        return members;
      }
      if (!escaped && point == '-') {
        range(members, previous);
        previous = -1;
      } else {
        members.add(point);
        previous = point;
      }
    }
    throw invalid("found [ without matching ]");
  }

  private void range(Set<Integer> members, int low) {
    if (low < 0) {
      throw invalid("range character '-' must be preceded by a Unicode character");
    }
    if (at >= points.length - 1) {
      throw invalid("range character '-' must be followed by a Unicode character");
    }
    boolean escaped = isEscape();
    int high = take();
    if (!escaped && (high == ']' || high == '-')) {
      throw invalid("range character '-' cannot be followed by a special symbol");
    }
    if (high < low) {
      throw invalid(
          "range is out of order: '"
              + Character.toString(high)
              + "' comes before '"
              + Character.toString(low)
              + "' in Unicode");
    }
    context.allocate(32L * (high - low));
    for (int point = low; point <= high; point++) {
      members.add(point);
    }
  }

  private BuiltinFailure invalid(String what) {
    return BuiltinFailure.failed(
        "input:" + pattern + ", pos:" + at + ", " + what + ": the input provided is invalid");
  }
}

package dev.blastwall.masking;

import org.jspecify.annotations.Nullable;

/**
 * Finds what is written in a few characters only, in groups with one separator between them. So of
 * each two neighbours one is no separator, and it is enough to look at one pair in each stretch as
 * long as the shortest find: other text is passed over many times faster than it could be read.
 */
abstract class RunFinder implements Finder {

  private final int shortest;

  /**
   * A finder.
   *
   * @param shortest characters of the shortest find
   */
  RunFinder(int shortest) {
    this.shortest = shortest;
  }

  /** Whether a find may have this character between separators. */
  abstract boolean isPart(char c);

  /** Whether a find may have this character between its groups. */
  abstract boolean isSeparator(char c);

  /** The end of the longest find that begins at {@code start}, or -1. */
  abstract int end(String text, int start);

  @Override
  public final @Nullable Find next(String text, int from) {
    int step = shortest - 1;
    for (int at = from + step - 1; at + 1 < text.length(); at += step) {
      if (mayBeInside(text.charAt(at), text.charAt(at + 1))) {
        int last = runEnd(text, at + 1);
        for (int start = runStart(text, at, from); start + shortest <= last; start++) {
          int end = beginsAlone(text, start) ? end(text, start) : -1;
          if (end >= 0) {
            return new Find(start, end);
          }
        }
        at = Math.max(at, last - step);
      }
    }
    return null;
  }

  private boolean mayBeInside(char first, char second) {
    return isPart(first)
        ? isPart(second) || isSeparator(second)
        : isSeparator(first) && isPart(second);
  }

  private boolean isAny(char c) {
    return isPart(c) || isSeparator(c);
  }

  private int runStart(String text, int at, int least) {
    int start = at;
    while (start > least && isAny(text.charAt(start - 1))) {
      start--;
    }
    return start;
  }

  private int runEnd(String text, int at) {
    int end = at;
    while (end < text.length() && isAny(text.charAt(end))) {
      end++;
    }
    return end;
  }

  /** What goes on to the left is something else. */
  private boolean beginsAlone(String text, int start) {
    return isPart(text.charAt(start)) && (start == 0 || !isPart(text.charAt(start - 1)));
  }

  /** What goes on to the right is something else. */
  final boolean endsAlone(String text, int end) {
    return end == text.length() || !isPart(text.charAt(end));
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}

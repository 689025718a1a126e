package dev.blastwall.opa.builtin;

import com.google.re2j.Matcher;

/**
 * The successive matches of a pattern as Go counts them: an empty one directly behind a match does
 * not count.
 */
final class Matches {
  private final Matcher matcher;
  private final String text;
  private int searchFrom;
  private int lastEnd = -1;

  Matches(Matcher matcher, String text) {
    this.matcher = matcher;
    this.text = text;
  }

  boolean next() {
    while (searchFrom <= text.length() && matcher.find(searchFrom)) {
      boolean counts = matcher.end() > matcher.start() || matcher.start() != lastEnd;
      searchFrom = matcher.end() > matcher.start() ? matcher.end() : behind(matcher.end());
      if (counts) {
        lastEnd = matcher.end();
        return true;
      }
    }
    return false;
  }

  private int behind(int position) {
    return position < text.length()
        ? position + Character.charCount(text.codePointAt(position))
        : position + 1;
  }

  int start() {
    return matcher.start();
  }

  int end() {
    return matcher.end();
  }
}

package dev.blastwall.masking;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds what begins with one of some words. Looking for the words is many times faster than the
 * pattern (RE2, linear time), which only sees texts that hold one.
 *
 * @param prefixes every find begins with one of these
 * @param pattern the whole find
 */
record PrefixedFinder(List<String> prefixes, Pattern pattern) implements Finder {

  static PrefixedFinder of(List<String> prefixes, String pattern) {
    return new PrefixedFinder(prefixes, Pattern.compile(pattern));
  }

  @Override
  public @Nullable Find next(String text, int from) {
    int first = Integer.MAX_VALUE;
    for (String prefix : prefixes) {
      int at = text.indexOf(prefix, from);
      first = at < 0 ? first : Math.min(first, at);
    }
    if (first == Integer.MAX_VALUE) {
      return null;
    }
    Matcher matcher = pattern.matcher(text);
    return matcher.find(first) ? new Find(matcher.start(), matcher.end()) : null;
  }
}

package dev.blastwall.masking;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds what begins with one of some words. Looking for a rare character of the words, and then for
 * the words, is many times faster than the pattern (RE2, linear time), which only sees texts that
 * hold one.
 *
 * @param prefixes every find begins with one of these; by a character that all of a list have
 * @param pattern the whole find
 */
record PrefixedFinder(Map<Character, List<String>> prefixes, Pattern pattern) implements Finder {

  static PrefixedFinder of(Map<Character, List<String>> prefixes, String pattern) {
    return new PrefixedFinder(prefixes, Pattern.compile(pattern));
  }

  @Override
  public @Nullable Find next(String text, int from) {
    int first = Integer.MAX_VALUE;
    for (Map.Entry<Character, List<String>> words : prefixes.entrySet()) {
      if (text.indexOf(words.getKey(), from) >= 0) {
        first = Math.min(first, first(words.getValue(), text, from));
      }
    }
    if (first == Integer.MAX_VALUE) {
      return null;
    }
    Matcher matcher = pattern.matcher(text);
    return matcher.find(first) ? new Find(matcher.start(), matcher.end()) : null;
  }

  private static int first(List<String> words, String text, int from) {
    int first = Integer.MAX_VALUE;
    for (String word : words) {
      int at = text.indexOf(word, from);
      first = at < 0 ? first : Math.min(first, at);
    }
    return first;
  }
}

package dev.blastwall.opa.builtin;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/** The pattern of {@code regex.template_match}: literal text with patterns between delimiters. */
final class RegexTemplate {
  private RegexTemplate() {}

  static String pattern(String template, String start, String end) {
    requireOne(start, "start", start);
    requireOne(end, "end", start);
    return translate(template, start.charAt(0), end.charAt(0));
  }

  /** OPA names the length of the first delimiter for both. */
  private static void requireOne(String delimiter, String which, String named) {
    if (delimiter.length() != 1) {
      throw BuiltinFailure.failed(
          which
              + " delimiter has to be exactly one character long but is "
              + named.length()
              + " long");
    }
  }

  private static String translate(String template, char start, char end) {
    StringBuilder pattern = new StringBuilder("^");
    int literal = 0;
    int open = 0;
    int depth = 0;
    for (int i = 0; i < template.length(); i++) {
      char c = template.charAt(i);
      if (c == start) {
        if (++depth == 1) {
          open = i;
        }
      } else if (c == end && --depth == 0) {
        String inner = template.substring(open + 1, i);
        requireValid(inner);
        pattern
            .append(Pattern.quote(template.substring(literal, open)))
            .append('(')
            .append(inner)
            .append(')');
        literal = i + 1;
      }
      if (depth < 0) {
        break;
      }
    }
    if (depth != 0) {
      throw BuiltinFailure.failed("unbalanced braces in " + RegoText.quoted(template));
    }
    return pattern.append(Pattern.quote(template.substring(literal))).append('$').toString();
  }

  private static void requireValid(String inner) {
    try {
      Pattern.compile("^" + inner + "$");
    } catch (PatternSyntaxException e) {
      throw BuiltinFailure.failed(String.valueOf(e.getMessage()));
    }
  }
}

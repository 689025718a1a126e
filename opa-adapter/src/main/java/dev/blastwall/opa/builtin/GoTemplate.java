package dev.blastwall.opa.builtin;

import com.google.re2j.Matcher;
import java.util.Map;

/**
 * The replacement texts of Go's {@code Regexp.Expand}: {@code $1}, {@code $name}, <code>${1}</code>
 * , {@code $$}.
 */
final class GoTemplate {
  private GoTemplate() {}

  static void expand(String template, Matcher match, StringBuilder out) {
    int at = 0;
    for (int dollar = template.indexOf('$'); dollar >= 0; dollar = template.indexOf('$', at)) {
      out.append(template, at, dollar);
      at = reference(template, dollar + 1, match, out);
    }
    out.append(template, at, template.length());
  }

  /** Handles what stands behind a dollar sign, and says where to go on. */
  private static int reference(String template, int start, Matcher match, StringBuilder out) {
    if (template.startsWith("$", start)) {
      out.append('$');
      return start + 1;
    }
    boolean braced = template.startsWith("{", start);
    int nameStart = braced ? start + 1 : start;
    int nameEnd = nameStart;
    while (nameEnd < template.length() && isNamePart(template.charAt(nameEnd))) {
      nameEnd++;
    }
    boolean closed = !braced || template.startsWith("}", nameEnd);
    if (nameEnd == nameStart || !closed) {
      out.append('$');
      return start;
    }
    group(template.substring(nameStart, nameEnd), match, out);
    return braced ? nameEnd + 1 : nameEnd;
  }

  private static boolean isNamePart(char c) {
    return c == '_' || Character.isLetterOrDigit(c);
  }

  private static void group(String name, Matcher match, StringBuilder out) {
    Map<String, Integer> named = match.pattern().namedGroups();
    boolean isNumber = name.chars().allMatch(c -> c >= '0' && c <= '9') && name.length() < 9;
    Integer index = isNumber ? Integer.valueOf(name) : named.get(name);
    if (index != null && index <= match.groupCount() && match.group(index) != null) {
      out.append(match.group(index));
    }
  }
}

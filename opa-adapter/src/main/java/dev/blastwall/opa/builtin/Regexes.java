package dev.blastwall.opa.builtin;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import java.util.List;

/** Regular expressions, in RE2's syntax and linear time. */
final class Regexes {
  private static final PatternCache<String> PATTERNS = new PatternCache<>(Pattern::compile);

  private Regexes() {}

  static void register(Builtins.Registry registry) {
    for (String name : List.of("regex.match", "re_match")) {
      registry.binary(
          name,
          (context, pattern, text) ->
              Value.of(matcher(Operands.string(pattern, 1), Operands.string(text, 2)).find()));
    }
    registry.ternary(
        "regex.find_all_string_submatch_n",
        (context, pattern, text, count) ->
            findGroups(
                Operands.string(pattern, 1), Operands.string(text, 2), Operands.integer(count, 3)));
    registry.quaternary(
        "regex.template_match",
        (context, template, text, start, end) ->
            Value.of(
                matcher(
                        RegexTemplate.pattern(
                            Operands.string(template, 1),
                            Operands.string(start, 3),
                            Operands.string(end, 4)),
                        Operands.string(text, 2))
                    .find()));
    registry.unary("regex.is_valid", (context, pattern) -> Value.of(isValid(pattern)));
    registry.ternary(
        "regex.find_n",
        (context, pattern, text, count) ->
            find(
                Operands.string(pattern, 1), Operands.string(text, 2), Operands.integer(count, 3)));
    registry.binary(
        "regex.split",
        (context, pattern, text) -> split(Operands.string(pattern, 1), Operands.string(text, 2)));
    registry.ternary(
        "regex.replace",
        (context, text, pattern, with) ->
            replace(
                context,
                Operands.string(text, 1),
                Operands.string(pattern, 2),
                Operands.string(with, 3)));
  }

  private static Matcher matcher(String pattern, String text) {
    return PATTERNS.get(pattern).matcher(text);
  }

  private static boolean isValid(Value pattern) {
    if (!(pattern instanceof StringValue string)) {
      return false;
    }
    try {
      Pattern.compile(string.text());
      return true;
    } catch (PatternSyntaxException e) {
      return false;
    }
  }

  /** At most so many matches; all if the count is negative. */
  private static Value find(String pattern, String text, long count) {
    ArrayValue found = new ArrayValue(0);
    Matches matches = new Matches(matcher(pattern, text), text);
    while ((count < 0 || found.size() < count) && matches.next()) {
      found.add(Value.of(text.substring(matches.start(), matches.end())));
    }
    return found;
  }

  /** As {@link #find}, each match with its groups; one that takes no part is empty. */
  private static Value findGroups(String pattern, String text, long count) {
    ArrayValue found = new ArrayValue(0);
    Matcher matcher = matcher(pattern, text);
    Matches matches = new Matches(matcher, text);
    while ((count < 0 || found.size() < count) && matches.next()) {
      ArrayValue groups = new ArrayValue(matcher.groupCount() + 1);
      for (int i = 0; i <= matcher.groupCount(); i++) {
        String group = matcher.group(i);
        groups.add(Value.of(group == null ? "" : group));
      }
      found.add(groups);
    }
    return found;
  }

  /** As Go's {@code Regexp.Split} without a limit. */
  private static Value split(String pattern, String text) {
    if (!pattern.isEmpty() && text.isEmpty()) {
      return ArrayValue.of(Value.of(""));
    }
    ArrayValue parts = new ArrayValue(4);
    Matches matches = new Matches(matcher(pattern, text), text);
    int from = 0;
    int end = 0;
    while (matches.next()) {
      end = matches.start();
      if (matches.end() != 0) {
        parts.add(Value.of(text.substring(from, end)));
      }
      from = matches.end();
    }
    return end == text.length() ? parts : parts.add(Value.of(text.substring(from)));
  }

  private static Value replace(
      EvaluationContext context, String text, String pattern, String template) {
    StringBuilder out = new StringBuilder();
    Matcher matcher = matcher(pattern, text);
    Matches matches = new Matches(matcher, text);
    int from = 0;
    while (matches.next()) {
      out.append(text, from, matches.start());
      int length = out.length();
      GoTemplate.expand(template, matcher, out);
      context.allocate(out.length() - length);
      from = matches.end();
    }
    return Value.of(out.append(text, from, text.length()).toString());
  }
}

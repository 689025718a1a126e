package dev.blastwall.opa.builtin;

import com.google.re2j.Pattern;

/**
 * Writes a glob of {@code gobwas/glob} as a regular expression: {@code *} and {@code ?} stop at
 * separators, {@code **} does not, {@code [a-z]}, {@code [!a-z]}, {@code {a,b}}, and a backslash
 * before what is meant literally.
 */
final class GlobTranslator {
  private final String glob;
  private final String anyOne;
  private final StringBuilder out = new StringBuilder();
  private int at;
  private int depth;

  private GlobTranslator(String glob, String separators) {
    this.glob = glob;
    this.anyOne = separators.isEmpty() ? "." : "[^" + classOf(separators) + "]";
  }

  static String translate(String glob, String separators) {
    GlobTranslator translator = new GlobTranslator(glob, separators);
    while (translator.at < glob.length()) {
      translator.next();
    }
    if (translator.depth > 0) {
      throw translator.failure("unclosed `{`");
    }
    return translator.out.toString();
  }

  private static String classOf(String characters) {
    StringBuilder members = new StringBuilder();
    characters.codePoints().forEach(point -> members.append(inClass(point)));
    return members.toString();
  }

  private static String inClass(int point) {
    return String.format("\\x{%x}", point);
  }

  private void next() {
    int point = take();
    switch (point) {
      case '*' -> star();
      case '?' -> out.append(anyOne);
      case '[' -> characters();
      case '{' -> {
        depth++;
        out.append("(?:");
      }
      case '}' -> close();
      case ',' -> out.append(depth > 0 ? "|" : ",");
      case '\\' -> literal(takeEscaped());
      default -> literal(point);
    }
  }

  private int take() {
    int point = glob.codePointAt(at);
    at += Character.charCount(point);
    return point;
  }

  private void star() {
    if (glob.startsWith("*", at)) {
      at++;
      out.append(".*");
    } else {
      out.append(anyOne).append('*');
    }
  }

  private void close() {
    if (depth == 0) {
      literal('}');
    } else {
      depth--;
      out.append(')');
    }
  }

  private void literal(int point) {
    out.append(Pattern.quote(Character.toString(point)));
  }

  private BuiltinFailure failure(String reason) {
    return BuiltinFailure.failed("glob: syntax error at " + at + ": " + reason);
  }

  private void requireMore(String reason) {
    if (at == glob.length()) {
      throw failure(reason);
    }
  }

  private int takeEscaped() {
    requireMore("trailing backslash");
    return take();
  }

  /** A range if the second character is a dash, whatever the others are; else a list. */
  private void characters() {
    out.append('[');
    if (glob.startsWith("!", at)) {
      at++;
      out.append('^');
    }
    requireMore("unexpected end of input");
    int start = at;
    int first = take();
    if (glob.startsWith("-", at)) {
      range(first);
    } else {
      at = start;
      list();
      closeCharacters();
    }
    out.append(']');
  }

  private void closeCharacters() {
    requireMore("unexpected end of input");
    if (take() != ']') {
      throw failure("expected close range character");
    }
  }

  private void range(int low) {
    at++;
    requireMore("unexpected end of input");
    int high = take();
    closeCharacters();
    if (high < low) {
      throw failure("range hi character is less than lo");
    }
    out.append(inClass(low)).append('-').append(inClass(high));
  }

  private void list() {
    int start = at;
    while (at < glob.length() && glob.charAt(at) != ']') {
      int point = take();
      out.append(inClass(point == '\\' ? takeEscaped() : point));
    }
    if (at == start) {
      throw failure("could not parse range");
    }
  }
}

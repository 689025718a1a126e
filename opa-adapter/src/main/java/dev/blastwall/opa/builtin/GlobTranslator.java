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
      throw BuiltinFailure.failed("unexpected end of input");
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
      case '\\' -> literal(at < glob.length() ? take() : '\\');
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

  /** A list or range of characters. */
  private void characters() {
    out.append('[');
    if (glob.startsWith("!", at)) {
      at++;
      out.append('^');
    }
    boolean empty = true;
    while (at < glob.length() && glob.charAt(at) != ']') {
      member();
      empty = false;
    }
    if (at == glob.length() || empty) {
      throw BuiltinFailure.failed("unexpected end of input");
    }
    at++;
    out.append(']');
  }

  private void member() {
    int low = takeEscaped();
    out.append(inClass(low));
    if (glob.startsWith("-", at) && at + 1 < glob.length() && glob.charAt(at + 1) != ']') {
      at++;
      int high = takeEscaped();
      if (high < low) {
        throw BuiltinFailure.failed(
            "hi character '"
                + Character.toString(high)
                + "' should be greater than lo '"
                + Character.toString(low)
                + "'");
      }
      out.append('-').append(inClass(high));
    }
  }

  private int takeEscaped() {
    int point = take();
    return point == '\\' && at < glob.length() ? take() : point;
  }
}

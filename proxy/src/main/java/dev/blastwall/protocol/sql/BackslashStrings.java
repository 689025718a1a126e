package dev.blastwall.protocol.sql;

import org.jspecify.annotations.Nullable;

/**
 * Text that was written for {@code standard_conforming_strings = off}, where a backslash escapes in
 * every string constant, said in the words of {@code on}: each plain constant becomes an escape
 * string, {@code E'…'}. The parser knows no other state.
 *
 * <p>The rules of the tokens are those of PostgreSQL's manual, section 4.1, and of its scan.l.
 * Whatever this lexer does not know for sure makes the text one that cannot be read.
 */
final class BackslashStrings {

  private final String text;
  private final StringBuilder out;
  private int at;
  private boolean known = true;

  private BackslashStrings(String text) {
    this.text = text;
    out = new StringBuilder(text.length() + 16);
  }

  /** What means the same with standard_conforming_strings on; null when that is not known. */
  static @Nullable String standard(String text) {
    if (text.length() > TextLimits.MAXIMUM_LENGTH) {
      return null;
    }
    BackslashStrings strings = new BackslashStrings(text);
    while (strings.known && strings.at < text.length()) {
      strings.token(text.charAt(strings.at));
    }
    return strings.known ? strings.out.toString() : null;
  }

  private void token(char c) {
    if (c == '\'') {
      plain();
    } else if (c == '"') {
      quoted('"');
    } else if (c == '$') {
      dollar();
    } else if (isDigit(c) || c == '.' && isDigit(peek(1))) {
      number();
    } else if (startsName(c)) {
      name();
    } else if (c == '-' && peek(1) == '-') {
      copyTo(lineEnd(at));
    } else if (c == '/' && peek(1) == '*') {
      comment();
    } else {
      copyTo(at + 1);
    }
  }

  /** A constant without prefix: here a backslash escapes. */
  private void plain() {
    // Behind a word, which the prefix must not become a part of.
    out.append(" E");
    escaped();
  }

  /** A constant in which a backslash escapes, and those that continue it on other lines. */
  private void escaped() {
    int end = at + 1;
    while (end < text.length() && !(text.charAt(end) == '\'' && charAt(end + 1) != '\'')) {
      end += text.charAt(end) == '\\' || text.charAt(end) == '\'' ? 2 : 1;
    }
    copyTo(end + 1);
    int next = continuation();
    if (next > 0) {
      copyTo(next);
      escaped();
    }
  }

  /** Where a constant goes on behind white space that holds a line end, or 0. */
  private int continuation() {
    int next = at;
    boolean line = false;
    while (isSpace(charAt(next)) || charAt(next) == '-' && charAt(next + 1) == '-') {
      line |= charAt(next) == '\n' || charAt(next) == '\r';
      next = isSpace(charAt(next)) ? next + 1 : lineEnd(next);
    }
    return line && charAt(next) == '\'' ? next : 0;
  }

  private void quoted(char quote) {
    int end = text.indexOf(quote, at + 1);
    copyTo(end < 0 ? text.length() + 1 : end + 1);
  }

  private void name() {
    int end = nameEnd(at);
    char first = Character.toLowerCase(text.charAt(at));
    boolean alone = end == at + 1;
    if (alone && first == 'u' && charAt(end) == '&' && charAt(end + 1) == '\'') {
      // The server takes no such constant in this state.
      known = false;
    } else if (!alone || charAt(end) != '\'') {
      copyTo(end);
    } else {
      prefixed(first);
    }
  }

  private void prefixed(char prefix) {
    switch (prefix) {
      case 'e' -> {
        copyTo(at + 1);
        escaped();
      }
      case 'b', 'x' -> {
        copyTo(at + 1);
        quoted('\'');
        known &= charAt(at) != '\'' && continuation() == 0;
      }
      case 'n' -> {
        out.append("nchar");
        at++;
      }
      default -> copyTo(at + 1);
    }
  }

  private void number() {
    int end = digits(at);
    if (charAt(end) == '.' && charAt(end + 1) != '.') {
      end = digits(end + 1);
    }
    int exponent = end + (charAt(end + 1) == '+' || charAt(end + 1) == '-' ? 2 : 1);
    if (Character.toLowerCase(charAt(end)) == 'e' && isDigit(charAt(exponent))) {
      end = digits(exponent);
    }
    known &= !continuesName(charAt(end));
    copyTo(end);
  }

  private int digits(int from) {
    int end = from;
    while (isDigit(charAt(end))) {
      end++;
    }
    return end;
  }

  /** A parameter, a string between dollars, or a character that is neither. */
  private void dollar() {
    if (isDigit(peek(1))) {
      int end = digits(at + 1);
      known &= !continuesName(charAt(end));
      copyTo(end);
      return;
    }
    int tagEnd = at + 1;
    while (charAt(tagEnd) != '$' && continuesName(charAt(tagEnd))) {
      tagEnd++;
    }
    if (charAt(tagEnd) != '$') {
      copyTo(at + 1);
      return;
    }
    String tag = text.substring(at, tagEnd + 1);
    int end = text.indexOf(tag, tagEnd + 1);
    copyTo(end < 0 ? text.length() + 1 : end + tag.length());
  }

  private void comment() {
    int depth = 0;
    int end = at;
    do {
      if (charAt(end) == '/' && charAt(end + 1) == '*') {
        depth++;
        end += 2;
      } else if (charAt(end) == '*' && charAt(end + 1) == '/') {
        depth--;
        end += 2;
      } else {
        end++;
      }
    } while (depth > 0 && end <= text.length());
    copyTo(end);
  }

  private int lineEnd(int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
      end++;
    }
    return end;
  }

  private int nameEnd(int from) {
    int end = from;
    while (continuesName(charAt(end))) {
      end++;
    }
    return end;
  }

  /** Copies up to {@code end}; beyond the text's own end something was left open. */
  private void copyTo(int end) {
    known &= end <= text.length();
    int to = Math.min(end, text.length());
    out.append(text, at, to);
    at = to;
  }

  private char peek(int ahead) {
    return charAt(at + ahead);
  }

  /** NUL behind the end; no text that a client sends holds one. */
  private char charAt(int index) {
    return index < text.length() ? text.charAt(index) : '\0';
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c >= '\t' && c <= '\r';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean startsName(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c >= 0x80;
  }

  private static boolean continuesName(char c) {
    return startsName(c) || isDigit(c) || c == '$';
  }
}

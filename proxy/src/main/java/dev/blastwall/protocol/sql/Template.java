package dev.blastwall.protocol.sql;

/**
 * Finds the template of a text: the text with its plain literals left out. Two texts of one
 * template have the same description, so it is a key for the cache. That is a promise on which
 * security stands, so the template is exact or absent:
 *
 * <ul>
 *   <li>Only texts of SELECT, INSERT, UPDATE, DELETE and VALUES have one, and only if they are made
 *       of tokens that this lexer knows for sure. A comment, an escape string, a Unicode escape, a
 *       dollar quote, a number next to a letter, a string that another one continues, a character
 *       that it does not expect: no template.
 *   <li>A literal is left out only where it is the operand of an operator, or of a word that takes
 *       one, or an element of {@code IN (…)} or {@code VALUES (…)}. Arguments of functions, type
 *       modifiers, subscripts, window frames stay, and so does all that follows LIMIT, OFFSET,
 *       FETCH, ORDER or GROUP, where a number may name a column or a count that policy sees.
 *   <li>All else stays as it is, white space and case included.
 * </ul>
 *
 * <p>The rules of the tokens are those of PostgreSQL's manual, section 4.1, for {@code
 * standard_conforming_strings = on}. An object serves many texts, one after the other; not
 * thread-safe.
 */
final class Template {

  /** Longer texts have no template: finding it would hold up the event loop. */
  static final int MAXIMUM_LENGTH = 8192;

  private static final char STRING = 1;
  private static final char INTEGER = 2;
  private static final char DECIMAL = 3;

  private final char[] key = new char[MAXIMUM_LENGTH];
  private final Brackets brackets = new Brackets();
  private String text = "";
  private int length;
  private int at;
  private Token before = Token.START;

  /** The characters of the last template found: the first {@link #length} count. */
  char[] key() {
    return key;
  }

  /** How many characters the last template has. */
  int length() {
    return length;
  }

  /** Looks for the template of {@code sql}; says whether it has one. */
  boolean find(String sql) {
    if (sql.length() > MAXIMUM_LENGTH) {
      return false;
    }
    text = sql;
    length = 0;
    at = 0;
    brackets.clear();
    before = Token.START;
    while (at < text.length()) {
      if (!token(text.charAt(at))) {
        return false;
      }
    }
    return true;
  }

  private boolean token(char c) {
    return switch (c) {
      case ' ', '\t', '\n', '\r', '\f' -> keep(1, before);
      case '\'' -> string();
      case '"' -> quotedName();
      case '$' -> parameter();
      case '(', '[' -> open(c);
      case ')', ']' -> close();
      case ',' -> keep(1, before == Token.CLOSE_ROW ? Token.ROW_COMMA : Token.COMMA);
      case '.' -> !isDigit(peek()) && keep(1, Token.DOT);
      case ';' -> semicolon();
      case ':' -> keep(1, Token.OTHER);
      case '+', '-', '*', '/', '<', '>', '=', '~', '!', '@', '#', '%', '^', '&', '|', '?' ->
          operator(c);
      default -> isDigit(c) ? number() : isLetter(c) && word();
    };
  }

  private boolean keep(int count, Token now) {
    text.getChars(at, at + count, key, length);
    length += count;
    at += count;
    before = now;
    return true;
  }

  /** The literal from here to {@code end}: out, if this is a place where any value may stand. */
  private boolean literal(int end, char placeholder) {
    if (!leavesOut()) {
      return keep(end - at, Token.OTHER);
    }
    key[length++] = placeholder;
    at = end;
    before = Token.OTHER;
    return true;
  }

  private boolean leavesOut() {
    return !brackets.keepLiterals()
        && switch (before) {
          case OPERATOR, OPERAND_WORD -> true;
          case COMMA, OPEN -> brackets.inList();
          case START, CLAUSE_WORD, IN, VALUES, COUNT_WORD, NAME, DOT, CLOSE_ROW, ROW_COMMA, OTHER ->
              false;
        };
  }

  private boolean string() {
    int end = quoteEnd('\'');
    return end > 0 && !continues(end) && literal(end, STRING);
  }

  /** A string that only white space parts from the next one may be one with it. */
  private boolean continues(int end) {
    int next = end;
    while (next < text.length() && isSpace(text.charAt(next))) {
      next++;
    }
    return next < text.length() && text.charAt(next) == '\'';
  }

  private boolean quotedName() {
    int end = quoteEnd('"');
    return end > 0 && keep(end - at, Token.OTHER);
  }

  /** Behind the closing quote, or 0 when there is none. */
  private int quoteEnd(char quote) {
    for (int i = at + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' && !isSpace(c)) {
        return 0;
      }
      if (c == quote) {
        if (i + 1 < text.length() && text.charAt(i + 1) == quote) {
          i++;
        } else {
          return i + 1;
        }
      }
    }
    return 0;
  }

  private boolean number() {
    int end = digits(at);
    boolean decimal =
        end + 1 < text.length() && text.charAt(end) == '.' && isDigit(text.charAt(end + 1));
    if (decimal) {
      end = digits(end + 1);
    }
    boolean alone = end == text.length() || !(joins(text.charAt(end)) || text.charAt(end) == '.');
    return alone && before != Token.DOT && literal(end, decimal ? DECIMAL : INTEGER);
  }

  private int digits(int from) {
    int end = from;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private boolean parameter() {
    int end = digits(at + 1);
    boolean alone = end == text.length() || !joins(text.charAt(end));
    return end > at + 1 && alone && keep(end - at, Token.OTHER);
  }

  private boolean word() {
    int end = at + 1;
    while (end < text.length() && (isLetter(text.charAt(end)) || isDigit(text.charAt(end)))) {
      end++;
    }
    // E'…', U&"…", a$b: the word is part of something else.
    if (end < text.length() && (joins(text.charAt(end)) || text.charAt(end) == '&')) {
      return false;
    }
    if (before == Token.START && !Token.startsTemplate(text, at, end)) {
      return false;
    }
    Token now = before == Token.DOT ? Token.NAME : Token.word(text, at, end);
    if (now == Token.COUNT_WORD) {
      brackets.keepLiteralsFromHere();
    }
    return keep(end - at, now);
  }

  private boolean operator(char c) {
    char next = peek();
    boolean comment = (c == '-' && next == '-') || (c == '/' && next == '*');
    boolean prefix = c == '&' && (next == '\'' || next == '"');
    return !comment && !prefix && keep(1, Token.OPERATOR);
  }

  private boolean open(char c) {
    return before != Token.START && brackets.open(c, before) && keep(1, Token.OPEN);
  }

  private boolean close() {
    Token closed = brackets.close();
    return closed != Token.START && keep(1, closed);
  }

  private boolean semicolon() {
    if (!brackets.isEmpty()) {
      return false;
    }
    brackets.clear();
    return keep(1, Token.START);
  }

  private char peek() {
    return at + 1 < text.length() ? text.charAt(at + 1) : ' ';
  }

  /** Whether a character right behind a word or a number makes another token of it. */
  private static boolean joins(char c) {
    return isLetter(c) || isDigit(c) || c == '$' || c == '\'' || c == '"' || c >= 0x80;
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isLetter(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
  }
}

package dev.blastwall.opa.builtin.graphql;

import dev.blastwall.opa.builtin.graphql.Token.Kind;

/** Cuts a document into tokens; white space and commas part them. */
final class Lexer {
  private static final String PUNCTUATION = "!$&():=@[]{}|";
  private static final Kind[] PUNCTUATORS = {
    Kind.BANG,
    Kind.DOLLAR,
    Kind.AMP,
    Kind.PAREN_L,
    Kind.PAREN_R,
    Kind.COLON,
    Kind.EQUALS,
    Kind.AT,
    Kind.BRACKET_L,
    Kind.BRACKET_R,
    Kind.BRACE_L,
    Kind.BRACE_R,
    Kind.PIPE
  };

  private final String input;
  private int start;
  private int at;
  private int line = 1;
  private int lineStart;

  Lexer(String input) {
    this.input = input;
  }

  Token next() {
    skipSpace();
    start = at;
    if (at == input.length()) {
      return token(Kind.EOF, "");
    }
    char c = input.charAt(at);
    int punctuator = PUNCTUATION.indexOf(c);
    if (punctuator >= 0) {
      at++;
      return token(PUNCTUATORS[punctuator], "");
    }
    if (input.startsWith("...", at)) {
      at += 3;
      return token(Kind.SPREAD, "");
    }
    if (c == '#') {
      return comment();
    }
    if (isNameStart(c)) {
      return name();
    }
    if (c == '-' || isDigit(c)) {
      return number();
    }
    if (c == '"') {
      return input.startsWith("\"\"\"", at) ? blockString() : string();
    }
    return invalid(unexpected(c));
  }

  private static String unexpected(char c) {
    if (c < ' ') {
      return String.format("Cannot contain the invalid character \"\\u%04x\"", (int) c);
    }
    return c == '\''
        ? "Unexpected single quote character ('), did you mean to use a double quote (\")?"
        : "Cannot parse the unexpected character \"" + c + "\".";
  }

  private void skipSpace() {
    while (at < input.length()) {
      char c = input.charAt(at);
      if (" \t,\n\r\ufeff".indexOf(c) < 0) {
        return;
      }
      at++;
      if (c == '\n' || c == '\r') {
        newLine();
        at += c == '\r' && input.startsWith("\n", at) ? 1 : 0;
      }
    }
  }

  private void newLine() {
    line++;
    lineStart = at;
  }

  private Token token(Kind kind, String text) {
    return new Token(kind, text, line, column(start));
  }

  private Token invalid(String why) {
    return new Token(Kind.INVALID, why, line, column(at));
  }

  private int column(int position) {
    return position >= lineStart
        ? input.codePointCount(lineStart, position) + 1
        : 1 - input.codePointCount(position, lineStart);
  }

  private Token comment() {
    while (at < input.length() && (input.charAt(at) >= ' ' || input.charAt(at) == '\t')) {
      at++;
    }
    return token(Kind.COMMENT, input.substring(start, at));
  }

  private static boolean isNameStart(char c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private Token name() {
    while (at < input.length() && (isNameStart(input.charAt(at)) || isDigit(input.charAt(at)))) {
      at++;
    }
    return token(Kind.NAME, input.substring(start, at));
  }

  private Token number() {
    accept("-");
    if (accept("0")) {
      if (at < input.length() && isDigit(input.charAt(at))) {
        return invalid("Invalid number, unexpected digit after 0: " + following() + ".");
      }
    } else if (!digits()) {
      return noDigit();
    }
    Kind kind = Kind.INT;
    if (accept(".")) {
      kind = Kind.FLOAT;
      if (!digits()) {
        return noDigit();
      }
    }
    if (accept("eE")) {
      kind = Kind.FLOAT;
      accept("+-");
      if (!digits()) {
        return noDigit();
      }
    }
    return token(kind, input.substring(start, at));
  }

  private boolean accept(String characters) {
    boolean accepted = at < input.length() && characters.indexOf(input.charAt(at)) >= 0;
    at += accepted ? 1 : 0;
    return accepted;
  }

  private boolean digits() {
    int from = at;
    while (at < input.length() && isDigit(input.charAt(at))) {
      at++;
    }
    return at > from;
  }

  private Token noDigit() {
    return invalid("Invalid number, expected digit but got: " + following() + ".");
  }

  private String following() {
    return at < input.length() ? '"' + input.substring(at, at + 1) + '"' : "<EOF>";
  }

  private Token string() {
    // The original counts the column behind the quotes.
    start = ++at;
    StringBuilder text = new StringBuilder();
    while (at < input.length()) {
      char c = input.charAt(at);
      if (c == '"') {
        Token token = token(Kind.STRING, text.toString());
        at++;
        return token;
      }
      if (c == '\n' || c == '\r') {
        break;
      }
      if (c < ' ' && c != '\t') {
        return invalid(String.format("Invalid character within String: \"\\u%04x\".", (int) c));
      }
      at++;
      if (c != '\\') {
        text.append(c);
      } else if (!escape(text)) {
        return invalid("Invalid character escape sequence.");
      }
    }
    return invalid("Unterminated string.");
  }

  private boolean escape(StringBuilder text) {
    if (at == input.length()) {
      return false;
    }
    char c = input.charAt(at);
    int named = "\"/\\bfnrt".indexOf(c);
    if (named >= 0) {
      text.append("\"/\\\b\f\n\r\t".charAt(named));
      at++;
      return true;
    }
    boolean isUnicode = c == 'u' && input.substring(at).matches("(?s)u[0-9a-fA-F]{4}.+");
    if (isUnicode) {
      text.append((char) Integer.parseInt(input, at + 1, at + 5, 16));
      at += 5;
    }
    return isUnicode;
  }

  private Token blockString() {
    at += 3;
    start = at;
    StringBuilder raw = new StringBuilder();
    while (at < input.length()) {
      int quotes = quotes();
      if (quotes >= 3) {
        raw.repeat('"', quotes - 3);
        Token token = token(Kind.BLOCK_STRING, BlockStrings.value(raw.toString()));
        at += quotes;
        return token;
      }
      char c = input.charAt(at);
      if (c < ' ' && "\t\n\r".indexOf(c) < 0) {
        return invalid(String.format("Invalid character within String: \"\\u%04x\".", (int) c));
      }
      blockCharacter(c, raw);
    }
    return invalid("Unterminated string.");
  }

  private int quotes() {
    int end = at;
    while (end < input.length() && input.charAt(end) == '"') {
      end++;
    }
    return end - at;
  }

  private void blockCharacter(char c, StringBuilder raw) {
    if (input.startsWith("\\\"\"\"", at)) {
      raw.append("\"\"\"");
      at += 4;
      return;
    }
    at += input.startsWith("\r\n", at) ? 2 : 1;
    raw.append(c == '\r' ? '\n' : c);
    if (c == '\n' || c == '\r') {
      newLine();
    }
  }
}

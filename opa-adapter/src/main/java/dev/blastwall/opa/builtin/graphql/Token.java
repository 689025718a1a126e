package dev.blastwall.opa.builtin.graphql;

/**
 * A token and where it begins, counted from 1 as the original counts.
 *
 * @param text of a name, number, string or comment; of what is invalid, why
 */
record Token(Kind kind, String text, int line, int column) {
  /** The kinds of token, and what messages call them. */
  enum Kind {
    INVALID("<Invalid>"),
    EOF("<EOF>"),
    BANG("!"),
    DOLLAR("$"),
    AMP("&"),
    PAREN_L("("),
    PAREN_R(")"),
    SPREAD("..."),
    COLON(":"),
    EQUALS("="),
    AT("@"),
    BRACKET_L("["),
    BRACKET_R("]"),
    BRACE_L("{"),
    BRACE_R("}"),
    PIPE("|"),
    NAME("Name"),
    INT("Int"),
    FLOAT("Float"),
    STRING("String"),
    BLOCK_STRING("BlockString"),
    COMMENT("Comment");

    private final String shown;

    Kind(String shown) {
      this.shown = shown;
    }

    String shown() {
      return shown;
    }
  }

  /** What messages show. */
  String shown() {
    boolean hasText = !text.isEmpty() && kind != Kind.INVALID;
    return hasText ? kind.shown() + " " + Quotes.quote(text) : kind.shown();
  }

  boolean isName(String name) {
    return kind == Kind.NAME && text.equals(name);
  }
}

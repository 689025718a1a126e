package dev.blastwall.protocol.sql;

/** The brackets that are open at a place in a text, and what literals in them are. */
final class Brackets {

  private static final int MAXIMUM_DEPTH = 64;

  private enum Kind {
    /** Around an expression or a query. */
    PLAIN,
    /** Of IN. */
    LIST,
    /** A row of VALUES. */
    ROW,
    /** Of a function, a type, a subscript, or of nobody knows what. */
    OPAQUE
  }

  private static final int NOWHERE = Integer.MAX_VALUE;

  private final Kind[] open = new Kind[MAXIMUM_DEPTH];
  private int depth;
  // The depth of the outermost bracket in which literals stay.
  private int keepFrom = NOWHERE;

  void clear() {
    depth = 0;
    keepFrom = NOWHERE;
  }

  boolean isEmpty() {
    return depth == 0;
  }

  /** Whether literals stay here. */
  boolean keepLiterals() {
    return depth >= keepFrom;
  }

  /** Literals stay until the bracket around this place closes. */
  void keepLiteralsFromHere() {
    keepFrom = Math.min(keepFrom, depth);
  }

  /** Whether the innermost bracket holds a list of values. */
  boolean inList() {
    return depth > 0 && (open[depth - 1] == Kind.LIST || open[depth - 1] == Kind.ROW);
  }

  /** Opens a bracket behind {@code before}; says whether there is room. */
  boolean open(char c, Token before) {
    if (depth == MAXIMUM_DEPTH) {
      return false;
    }
    Kind kind = c == '[' ? Kind.OPAQUE : kind(before);
    open[depth++] = kind;
    if (kind == Kind.OPAQUE) {
      keepLiteralsFromHere();
    }
    return true;
  }

  private static Kind kind(Token before) {
    return switch (before) {
      case OPERATOR, OPERAND_WORD, CLAUSE_WORD, OPEN, COMMA -> Kind.PLAIN;
      case IN -> Kind.LIST;
      case VALUES, ROW_COMMA -> Kind.ROW;
      case START, COUNT_WORD, NAME, DOT, CLOSE_ROW, OTHER -> Kind.OPAQUE;
    };
  }

  /** Closes a bracket: what the closing one is as a token, START when there is none to close. */
  Token close() {
    if (depth == 0) {
      return Token.START;
    }
    if (depth == keepFrom) {
      keepFrom = NOWHERE;
    }
    depth--;
    return open[depth] == Kind.ROW ? Token.CLOSE_ROW : Token.OTHER;
  }
}

package dev.blastwall.protocol.sql;

import java.util.Map;
import java.util.TreeMap;

/** The kinds of tokens that {@link Template} tells apart. */
enum Token {
  /** Nothing yet in this statement. */
  START,
  /** A character of an operator. */
  OPERATOR,
  /** A reserved word that a value follows, or a bracket around an expression. */
  OPERAND_WORD,
  /** A reserved word that a bracket around a query or an expression follows. */
  CLAUSE_WORD,
  IN,
  VALUES,
  /** A word behind which a number may be a count or the position of a column. */
  COUNT_WORD,
  /** Any other word: it may be a function's or a type's. */
  NAME,
  DOT,
  COMMA,
  OPEN,
  /** The end of a row of VALUES. */
  CLOSE_ROW,
  /** The comma between two rows of VALUES. */
  ROW_COMMA,
  OTHER;

  private static final int LONGEST = 9;

  // Reserved words only, or such as can be no function's name: manual, appendix C.
  private static final Map<String, Token> WORDS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("and", OPERAND_WORD),
              Map.entry("or", OPERAND_WORD),
              Map.entry("not", OPERAND_WORD),
              Map.entry("where", OPERAND_WORD),
              Map.entry("when", OPERAND_WORD),
              Map.entry("then", OPERAND_WORD),
              Map.entry("else", OPERAND_WORD),
              Map.entry("between", OPERAND_WORD),
              Map.entry("select", CLAUSE_WORD),
              Map.entry("from", CLAUSE_WORD),
              Map.entry("exists", CLAUSE_WORD),
              Map.entry("union", CLAUSE_WORD),
              Map.entry("except", CLAUSE_WORD),
              Map.entry("intersect", CLAUSE_WORD),
              Map.entry("in", IN),
              Map.entry("values", VALUES),
              Map.entry("limit", COUNT_WORD),
              Map.entry("offset", COUNT_WORD),
              Map.entry("fetch", COUNT_WORD),
              Map.entry("order", COUNT_WORD),
              Map.entry("group", COUNT_WORD)));

  private static final String[][] SPELLINGS = new String[LONGEST + 1][];
  private static final Token[][] MEANINGS = new Token[LONGEST + 1][];
  private static final String[] STARTS = {"select", "insert", "update", "delete", "values"};

  static {
    for (int length = 0; length <= LONGEST; length++) {
      int wanted = length;
      SPELLINGS[length] =
          WORDS.keySet().stream().filter(word -> word.length() == wanted).toArray(String[]::new);
      MEANINGS[length] =
          WORDS.entrySet().stream()
              .filter(word -> word.getKey().length() == wanted)
              .map(Map.Entry::getValue)
              .toArray(Token[]::new);
    }
  }

  /** What the word from {@code start} to {@code end} is; nothing is allocated. */
  static Token word(String text, int start, int end) {
    int length = end - start;
    if (length > LONGEST) {
      return NAME;
    }
    String[] spellings = SPELLINGS[length];
    for (int i = 0; i < spellings.length; i++) {
      if (text.regionMatches(true, start, spellings[i], 0, length)) {
        return MEANINGS[length][i];
      }
    }
    return NAME;
  }

  /** Whether statements that begin with this word may have a template. */
  static boolean startsTemplate(String text, int start, int end) {
    for (String word : STARTS) {
      if (word.length() == end - start && text.regionMatches(true, start, word, 0, word.length())) {
        return true;
      }
    }
    return false;
  }
}

package dev.blastwall.protocol.sql;

import java.util.Optional;

/**
 * What stands before the parser: it is a C program that trusts its caller, and its lexer takes
 * quadratic time for nested comments. Counts without regard to quotes, so a text may be refused
 * that the parser could have read, never the other way round.
 */
final class TextLimits {

  static final int MAXIMUM_LENGTH = 1 << 20;
  static final int MAXIMUM_COMMENT_DEPTH = 32;
  static final int MAXIMUM_BRACKET_DEPTH = 500;

  private TextLimits() {}

  /** Why {@code text} may not be read, if it may not. */
  static Optional<String> violation(String text) {
    if (text.length() > MAXIMUM_LENGTH) {
      return Optional.of("the text is longer than " + MAXIMUM_LENGTH + " characters");
    }
    if (!wellFormed(text)) {
      return Optional.of("the text holds a NUL or half of a surrogate pair");
    }
    return depth(text);
  }

  private static boolean wellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return false;
      }
      if (Character.isSurrogate(c)) {
        boolean pair = i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1));
        if (!pair) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  private static Optional<String> depth(String text) {
    if (deepest(text, '(', ')') > MAXIMUM_BRACKET_DEPTH
        || deepest(text, '[', ']') > MAXIMUM_BRACKET_DEPTH) {
      return Optional.of("brackets are nested deeper than " + MAXIMUM_BRACKET_DEPTH);
    }
    return deepestComment(text) > MAXIMUM_COMMENT_DEPTH
        ? Optional.of("comments are nested deeper than " + MAXIMUM_COMMENT_DEPTH)
        : Optional.empty();
  }

  private static int deepest(String text, char open, char close) {
    int depth = 0;
    int deepest = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == open) {
        deepest = Math.max(deepest, ++depth);
      } else if (c == close) {
        depth = Math.max(0, depth - 1);
      }
    }
    return deepest;
  }

  private static int deepestComment(String text) {
    int depth = 0;
    int deepest = 0;
    for (int i = 0; i + 1 < text.length(); i++) {
      if (text.startsWith("/*", i)) {
        deepest = Math.max(deepest, ++depth);
        i++;
      } else if (text.startsWith("*/", i)) {
        depth = Math.max(0, depth - 1);
        i++;
      }
    }
    return deepest;
  }
}

package dev.blastwall.protocol.postgresql;

import dev.blastwall.command.SqlBatch;
import dev.blastwall.command.SqlStatement;
import dev.blastwall.command.Understanding;
import dev.blastwall.protocol.sql.describe.BuiltinFunctions;
import java.util.Set;

/**
 * What decides how the server reads SQL text: whether a backslash escapes in every string is known
 * and followed; a session in another encoding than UTF-8 ends.
 */
final class LexicalState {

  private static final String STANDARD_STRINGS = "standard_conforming_strings";
  private static final String ENCODING = "client_encoding";

  private boolean standardStrings = true;

  /** Fails on a ParameterStatus of sign-in with which a session does not begin as it must. */
  static void checkFirst(String parameter, String value) {
    if (parameter.equals(STANDARD_STRINGS) && !value.equals("on")) {
      throw new LexicalStateException(parameter, value);
    }
    checkEncoding(parameter, value);
  }

  private static void checkEncoding(String parameter, String value) {
    if (parameter.equals(ENCODING) && !value.equals("UTF8")) {
      throw new LexicalStateException(parameter, value);
    }
  }

  /** A ParameterStatus came; fails when text would be read otherwise than it is judged. */
  void reported(String parameter, String value) {
    checkEncoding(parameter, value);
    if (parameter.equals(STANDARD_STRINGS)) {
      standardStrings = value.equals("on");
    }
  }

  /** Whether a backslash in a string without prefix is a character like any other. */
  boolean standardStrings() {
    return standardStrings;
  }

  /** Statements that run no code but what they call, and what the catalog tells of their tables. */
  private static final Set<String> PLAIN =
      Set.of("select", "insert", "update", "delete", "merge", "transaction", "copy", "show");

  /**
   * Whether a command may change how later text is read. What it did is known for sure with the
   * next ReadyForQuery: the server reports changed settings right before it.
   */
  static boolean mayChange(SqlBatch batch) {
    if (batch.understanding() != Understanding.COMPLETE) {
      return true;
    }
    for (SqlStatement statement : batch.statements()) {
      if (mayChange(statement)) {
        return true;
      }
    }
    return false;
  }

  private static boolean mayChange(SqlStatement statement) {
    if (!PLAIN.contains(statement.type()) || !statement.sideEffects().isEmpty()) {
      return true;
    }
    for (String function : statement.functions()) {
      if (!BuiltinFunctions.isOne(function)) {
        return true;
      }
    }
    return false;
  }

  /** Whether it may run what was deferred to the end of the transaction. */
  static boolean mayEndTransaction(SqlBatch batch) {
    return batch.statements().stream()
        .anyMatch(statement -> statement.type().equals("transaction"));
  }

  /**
   * Whether {@code text} could be read in two ways: backslashes mean something else when
   * standard_conforming_strings is off, other characters when client_encoding is not UTF8.
   */
  static boolean isFragile(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' || c > 0x7f) {
        return true;
      }
    }
    return false;
  }

  /** The server reads text otherwise than the gateway. */
  static final class LexicalStateException extends RuntimeException {
    private static final long serialVersionUID = 1;

    LexicalStateException(String parameter, String value) {
      super(
          "the session ends: with %s = %s the gateway cannot read SQL as the server does"
              .formatted(parameter, value),
          null,
          false,
          false);
    }
  }
}

package dev.blastwall.protocol.postgresql;

import io.netty.handler.codec.DecoderException;

/** A peer sent something that its protocol does not allow. The session ends; nothing is guessed. */
final class ProtocolViolation extends DecoderException {

  private static final long serialVersionUID = 1;

  private final String sqlState;

  private ProtocolViolation(String sqlState, String message) {
    super(message, null);
    this.sqlState = sqlState;
  }

  /** A message that is malformed or out of place. */
  static ProtocolViolation malformed(String message) {
    return new ProtocolViolation(SqlState.PROTOCOL_VIOLATION, message);
  }

  /** A message above a limit of the gateway. */
  static ProtocolViolation tooLarge(String message) {
    return new ProtocolViolation(SqlState.PROGRAM_LIMIT_EXCEEDED, message);
  }

  /** A text that is not UTF-8. */
  static ProtocolViolation notUtf8() {
    return new ProtocolViolation(SqlState.CHARACTER_NOT_IN_REPERTOIRE, "a text is not valid UTF-8");
  }

  String sqlState() {
    return sqlState;
  }

  /** An expected answer to bad input, not a defect: nobody reads the trace. */
  @Override
  public Throwable fillInStackTrace() {
    return this;
  }
}

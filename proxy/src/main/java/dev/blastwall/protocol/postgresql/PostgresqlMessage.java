package dev.blastwall.protocol.postgresql;

import io.netty.buffer.ByteBuf;

/**
 * One message as it stood on the wire, or a run of neighbouring DataRow or CopyData messages: what
 * policy does not ask to change goes on as these very bytes.
 *
 * @param type the type byte, {@link #UNTYPED} for the messages before sign-in
 * @param frames the bytes with their headers; owned by whoever holds the message
 * @param count how many messages the run holds
 */
record PostgresqlMessage(byte type, ByteBuf frames, int count) {

  static final byte UNTYPED = 0;

  /** Bytes in front of a typed message's body: the type and an int32 length that counts itself. */
  static final int HEADER = 5;

  static final int LENGTH_FIELD = 4;

  // Sent by the client (PostgreSQL 18 manual, "Message Formats", F).
  static final byte BIND = 'B';
  static final byte CLOSE = 'C';
  static final byte DESCRIBE = 'D';
  static final byte EXECUTE = 'E';
  static final byte FLUSH = 'H';
  static final byte FUNCTION_CALL = 'F';
  static final byte PARSE = 'P';
  static final byte PASSWORD = 'p';
  static final byte QUERY = 'Q';
  static final byte SYNC = 'S';
  static final byte TERMINATE = 'X';
  static final byte COPY_FAIL = 'f';

  // Sent by both.
  static final byte COPY_DATA = 'd';
  static final byte COPY_DONE = 'c';

  // Sent by the server (B).
  static final byte AUTHENTICATION = 'R';
  static final byte BACKEND_KEY_DATA = 'K';
  static final byte BIND_COMPLETE = '2';
  static final byte CLOSE_COMPLETE = '3';
  static final byte COMMAND_COMPLETE = 'C';
  static final byte COPY_IN_RESPONSE = 'G';
  static final byte COPY_OUT_RESPONSE = 'H';
  static final byte DATA_ROW = 'D';
  static final byte EMPTY_QUERY_RESPONSE = 'I';
  static final byte ERROR_RESPONSE = 'E';
  static final byte FUNCTION_CALL_RESPONSE = 'V';
  static final byte NEGOTIATE_PROTOCOL_VERSION = 'v';
  static final byte NO_DATA = 'n';
  static final byte NOTICE_RESPONSE = 'N';
  static final byte NOTIFICATION_RESPONSE = 'A';
  static final byte PARAMETER_DESCRIPTION = 't';
  static final byte PARAMETER_STATUS = 'S';
  static final byte PARSE_COMPLETE = '1';
  static final byte PORTAL_SUSPENDED = 's';
  static final byte READY_FOR_QUERY = 'Z';
  static final byte ROW_DESCRIPTION = 'T';

  /** The body of a single message, to be read; the message keeps its ownership. */
  Body body() {
    return new Body(frames.slice(frames.readerIndex() + headerLength(), bodyLength()));
  }

  /** Bytes on the wire. */
  int length() {
    return frames.readableBytes();
  }

  void release() {
    frames.release();
  }

  /** The upstream sent it where nothing asked for it. */
  ProtocolViolation unexpected() {
    return ProtocolViolation.malformed(
        "the upstream sent a message that nothing asked for (type %c)".formatted((char) type));
  }

  private int headerLength() {
    return type == UNTYPED ? LENGTH_FIELD : HEADER;
  }

  private int bodyLength() {
    return frames.readableBytes() - headerLength();
  }
}

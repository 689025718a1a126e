package dev.blastwall.protocol.postgresql;

import static dev.blastwall.protocol.postgresql.PostgresqlMessage.LENGTH_FIELD;

/**
 * How long a message may be, its length field included and its type byte not. The small ones are
 * the server's own (postgres.c, SocketBackend); the large ones are below the server's 1 GiB because
 * the gateway holds a whole message in memory.
 */
enum PostgresqlLimits {
  /** What a client may send. */
  CLIENT {
    @Override
    int limit(byte type) {
      return switch (type) {
        case PostgresqlMessage.UNTYPED -> STARTUP;
        case PostgresqlMessage.PASSWORD -> PASSWORD;
        case PostgresqlMessage.QUERY, PostgresqlMessage.PARSE -> TEXT;
        case PostgresqlMessage.BIND, PostgresqlMessage.COPY_DATA, PostgresqlMessage.FUNCTION_CALL ->
            DATA;
        case PostgresqlMessage.CLOSE,
            PostgresqlMessage.DESCRIBE,
            PostgresqlMessage.EXECUTE,
            PostgresqlMessage.FLUSH,
            PostgresqlMessage.SYNC,
            PostgresqlMessage.TERMINATE,
            PostgresqlMessage.COPY_DONE,
            PostgresqlMessage.COPY_FAIL ->
            SMALL;
        default -> NOT_A_TYPE;
      };
    }
  },
  /** What an upstream may send. */
  SERVER {
    @Override
    int limit(byte type) {
      return switch (type) {
        case PostgresqlMessage.DATA_ROW,
            PostgresqlMessage.COPY_DATA,
            PostgresqlMessage.FUNCTION_CALL_RESPONSE ->
            DATA;
        case PostgresqlMessage.BIND_COMPLETE,
            PostgresqlMessage.CLOSE_COMPLETE,
            PostgresqlMessage.COMMAND_COMPLETE,
            PostgresqlMessage.COPY_DONE,
            PostgresqlMessage.EMPTY_QUERY_RESPONSE,
            PostgresqlMessage.NO_DATA,
            PostgresqlMessage.BACKEND_KEY_DATA,
            PostgresqlMessage.PARSE_COMPLETE,
            PostgresqlMessage.PORTAL_SUSPENDED,
            PostgresqlMessage.READY_FOR_QUERY ->
            SMALL;
        case PostgresqlMessage.AUTHENTICATION,
            PostgresqlMessage.COPY_IN_RESPONSE,
            PostgresqlMessage.COPY_OUT_RESPONSE,
            PostgresqlMessage.ERROR_RESPONSE,
            PostgresqlMessage.NEGOTIATE_PROTOCOL_VERSION,
            PostgresqlMessage.NOTICE_RESPONSE,
            PostgresqlMessage.NOTIFICATION_RESPONSE,
            PostgresqlMessage.PARAMETER_DESCRIPTION,
            PostgresqlMessage.PARAMETER_STATUS,
            PostgresqlMessage.ROW_DESCRIPTION ->
            TEXT;
        default -> NOT_A_TYPE;
      };
    }
  };

  /** MAX_STARTUP_PACKET_LENGTH. */
  static final int STARTUP = 10_000;

  /** PG_MAX_AUTH_TOKEN_LENGTH. */
  static final int PASSWORD = 65_535;

  /** PQ_SMALL_MESSAGE_LIMIT. */
  static final int SMALL = 10_000;

  static final int TEXT = 16 * 1024 * 1024;
  static final int DATA = 64 * 1024 * 1024;
  private static final int NOT_A_TYPE = 0;

  abstract int limit(byte type);

  void check(byte type, int length) {
    int limit = limit(type);
    if (limit == NOT_A_TYPE) {
      throw ProtocolViolation.malformed("a message of unknown type " + Byte.toUnsignedInt(type));
    }
    if (length < LENGTH_FIELD) {
      throw ProtocolViolation.malformed("a message of length " + length);
    }
    if (length > limit) {
      throw ProtocolViolation.tooLarge(
          "a message of " + length + " bytes; the gateway takes " + limit);
    }
  }
}

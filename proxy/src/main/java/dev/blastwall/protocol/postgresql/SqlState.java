package dev.blastwall.protocol.postgresql;

/** The SQLSTATEs that the gateway itself speaks (PostgreSQL manual, appendix A). */
final class SqlState {

  static final String CANNOT_CONNECT_NOW = "57P03";
  static final String CHARACTER_NOT_IN_REPERTOIRE = "22021";
  static final String CONNECTION_FAILURE = "08006";
  static final String CONNECTION_REJECTED = "08004";
  static final String CRASH_SHUTDOWN = "57P02";
  static final String FEATURE_NOT_SUPPORTED = "0A000";
  static final String GOODBYE = "57P01";
  static final String INSUFFICIENT_PRIVILEGE = "42501";
  static final String INVALID_AUTHORIZATION = "28000";
  static final String INVALID_CURSOR_NAME = "34000";
  static final String INVALID_PARAMETER_VALUE = "22023";
  static final String INVALID_PASSWORD = "28P01";
  static final String INVALID_STATEMENT_NAME = "26000";
  static final String PROGRAM_LIMIT_EXCEEDED = "54000";
  static final String PROTOCOL_VIOLATION = "08P01";
  static final String QUERY_CANCELED = "57014";
  static final String SYSTEM_ERROR = "58000";
  static final String TOO_MANY_CONNECTIONS = "53300";
  static final String UNABLE_TO_CONNECT = "08001";
  static final String UNDEFINED_OBJECT = "42704";
  static final String UNDEFINED_DATABASE = "3D000";
  static final String UNDEFINED_FUNCTION = "42883";

  private SqlState() {}
}

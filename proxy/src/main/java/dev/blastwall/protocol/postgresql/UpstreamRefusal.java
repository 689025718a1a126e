package dev.blastwall.protocol.postgresql;

import static dev.blastwall.protocol.postgresql.UpstreamFailure.Kind.NOT_SERVING;
import static dev.blastwall.protocol.postgresql.UpstreamFailure.Kind.REFUSED;

/**
 * What a client hears when a server refuses the gateway. Its retry logic goes by the SQLSTATE, so
 * that is kept wherever it is as true of the client; the words are about the gateway's account and
 * the server's inside, so the client gets words of the gateway's own.
 */
final class UpstreamRefusal {

  /** Class 28: invalid authorization. */
  private static final String AUTHORIZATION = "28";

  /** Class 53: insufficient resources. */
  private static final String RESOURCES = "53";

  private UpstreamRefusal() {}

  static UpstreamFailure of(Report said) {
    String sqlState = said.field(Report.SQL_STATE);
    return switch (sqlState) {
      // Only what the client itself asked for may be quoted: settings and the database's name.
      case SqlState.INVALID_PARAMETER_VALUE,
          SqlState.UNDEFINED_OBJECT,
          SqlState.UNDEFINED_DATABASE ->
          failure(sqlState, said.field(Report.MESSAGE), REFUSED);
      case SqlState.CANNOT_CONNECT_NOW ->
          failure(
              sqlState,
              "the upstream takes no sessions now: it starts, stops or recovers",
              NOT_SERVING);
      case SqlState.GOODBYE, SqlState.CRASH_SHUTDOWN ->
          failure(sqlState, "the upstream is shutting down", NOT_SERVING);
      default -> byClass(sqlState);
    };
  }

  private static UpstreamFailure byClass(String sqlState) {
    if (sqlState.startsWith(AUTHORIZATION)) {
      // The client's own credential is good: another would change nothing.
      return failure(
          SqlState.CONNECTION_REJECTED, "the upstream rejects the gateway's credential", REFUSED);
    }
    if (sqlState.startsWith(RESOURCES)) {
      return failure(sqlState, "the upstream has no room for another session now", NOT_SERVING);
    }
    return failure(
        sqlState,
        "the gateway could not sign in to the upstream (SQLSTATE " + sqlState + ")",
        REFUSED);
  }

  private static UpstreamFailure failure(
      String sqlState, String message, UpstreamFailure.Kind kind) {
    return new UpstreamFailure(PostgresqlReplies.fatal(sqlState, message), kind);
  }
}

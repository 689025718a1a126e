package dev.blastwall.protocol.postgresql;

/** A StartupMessage asks for something that no session of the gateway gets. */
final class StartupRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final String sqlState;

  StartupRefusedException(String sqlState, String message) {
    super(message, null, false, false);
    this.sqlState = sqlState;
  }

  Report report() {
    return PostgresqlReplies.fatal(sqlState, String.valueOf(getMessage()));
  }
}

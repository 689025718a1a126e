package dev.blastwall.protocol.postgresql;

/** A StartupMessage asks for something that no session of the gateway gets. */
final class StartupRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient Report report;

  StartupRefusedException(String sqlState, String message) {
    this(PostgresqlReplies.fatal(sqlState, message));
  }

  StartupRefusedException(Report report) {
    super(report.field(Report.MESSAGE), null, false, false);
    this.report = report;
  }

  Report report() {
    return report;
  }
}

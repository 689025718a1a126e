package dev.blastwall.protocol.postgresql;

import static dev.blastwall.protocol.postgresql.Report.Severity.ERROR;
import static dev.blastwall.protocol.postgresql.Report.Severity.FATAL;
import static dev.blastwall.protocol.postgresql.Report.Severity.NOTICE;

import dev.blastwall.protocol.Held;
import dev.blastwall.protocol.Refusal;
import java.time.temporal.ChronoUnit;

/** What the gateway itself says, in the words and codes of PostgreSQL. */
final class PostgresqlReplies {

  private PostgresqlReplies() {}

  /** A command is refused; the session goes on. */
  static Report refused(Refusal refusal) {
    return report(ERROR, commandState(refusal.kind()), refusal);
  }

  /** A client is not let in. */
  static Report denied(Refusal refusal) {
    return report(FATAL, signInState(refusal.kind()), refusal);
  }

  private static Report report(Report.Severity severity, String sqlState, Refusal refusal) {
    return Report.of(severity, sqlState, refusal.reason())
        .with(Report.DETAIL, "decision " + refusal.decisionId())
        .with(Report.HINT, refusal.advice());
  }

  private static String commandState(Refusal.Kind kind) {
    return switch (kind) {
      case POLICY, NOT_APPROVED, SIGN_IN, UNKNOWN_CONNECTION -> SqlState.INSUFFICIENT_PRIVILEGE;
      case CANCELLED -> SqlState.QUERY_CANCELED;
      case UNAVAILABLE -> SqlState.SYSTEM_ERROR;
      case SESSION_ENDED -> SqlState.GOODBYE;
    };
  }

  private static String signInState(Refusal.Kind kind) {
    return switch (kind) {
      case SIGN_IN -> SqlState.INVALID_PASSWORD;
      case UNKNOWN_CONNECTION -> SqlState.UNDEFINED_DATABASE;
      case POLICY, NOT_APPROVED, CANCELLED -> SqlState.INVALID_AUTHORIZATION;
      case UNAVAILABLE -> SqlState.CANNOT_CONNECT_NOW;
      case SESSION_ENDED -> SqlState.GOODBYE;
    };
  }

  /** A command waits for a human. */
  static Report held(Held held) {
    return Report.of(NOTICE, SqlState.INSUFFICIENT_PRIVILEGE, "held for approval: " + held.reason())
        .with(
            Report.DETAIL,
            "hold %s, waiting until %s for %s"
                .formatted(
                    held.id(),
                    held.expires().truncatedTo(ChronoUnit.SECONDS),
                    String.join(", ", held.approvers())))
        .with(Report.HINT, "An approver runs: blastwall approvals approve " + held.id());
  }

  /** The session ends. */
  static Report fatal(String sqlState, String message) {
    return Report.of(FATAL, sqlState, message);
  }

  /** A command fails in the gateway without policy being asked. */
  static Report failed(String sqlState, String message, String advice) {
    return Report.of(ERROR, sqlState, message).with(Report.HINT, advice);
  }
}

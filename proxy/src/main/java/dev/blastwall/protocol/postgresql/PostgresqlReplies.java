package dev.blastwall.protocol.postgresql;

import static dev.blastwall.protocol.postgresql.Report.Severity.ERROR;
import static dev.blastwall.protocol.postgresql.Report.Severity.FATAL;
import static dev.blastwall.protocol.postgresql.Report.Severity.NOTICE;

import dev.blastwall.protocol.Held;
import dev.blastwall.protocol.Refusal;
import dev.blastwall.protocol.Verdict;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

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

  /** A client is let in no longer: as if an administrator had ended the session. */
  static Report ended(Refusal refusal) {
    return report(FATAL, SqlState.GOODBYE, refusal);
  }

  private static Report report(Report.Severity severity, String sqlState, Refusal refusal) {
    return Report.of(severity, sqlState, refusal.reason())
        .with(Report.DETAIL, "decision " + refusal.decisionId())
        .with(Report.HINT, refusal.advice());
  }

  private static String commandState(Refusal.Kind kind) {
    return switch (kind) {
      case POLICY, NOT_APPROVED, SIGN_IN, UNKNOWN_CONNECTION -> SqlState.INSUFFICIENT_PRIVILEGE;
      case CANCELLED, APPROVAL_EXPIRED -> SqlState.QUERY_CANCELED;
      case UNAVAILABLE -> SqlState.SYSTEM_ERROR;
      case SESSION_ENDED -> SqlState.GOODBYE;
    };
  }

  private static String signInState(Refusal.Kind kind) {
    return switch (kind) {
      case SIGN_IN -> SqlState.INVALID_PASSWORD;
      case UNKNOWN_CONNECTION -> SqlState.UNDEFINED_DATABASE;
      case POLICY, NOT_APPROVED, APPROVAL_EXPIRED, CANCELLED -> SqlState.INVALID_AUTHORIZATION;
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

  /** An answer is longer than policy lets through. */
  static Report tooMuch(Verdict.Forward forward) {
    return limited(
        forward,
        SqlState.PROGRAM_LIMIT_EXCEEDED,
        "the answer is longer than policy lets through: at most %s"
            .formatted(
                forward.limits().rows() < Long.MAX_VALUE
                    ? forward.limits().rows() + " rows"
                    : forward.limits().bytes() + " bytes"),
        "Ask for less: add a WHERE or a LIMIT.");
  }

  /** A command ran for longer than policy lets it. */
  static Report tooLong(Verdict.Forward forward) {
    return limited(
        forward,
        SqlState.QUERY_CANCELED,
        "the command ran for longer than policy lets it: at most "
            + forward.limits().duration().toString().substring(2).toLowerCase(Locale.ROOT),
        "Ask for less, or ask those who write the policy.");
  }

  private static Report limited(
      Verdict.Forward forward, String sqlState, String message, String advice) {
    return failed(sqlState, message, advice)
        .with(Report.DETAIL, "decision " + forward.decisionId());
  }

  /** A function that was called by number gave a value that policy masks. */
  static Report notInAFunctionCall() {
    return failed(
        SqlState.INSUFFICIENT_PRIVILEGE,
        "policy masks what this function returns, and a function call by number cannot show that",
        "Call the function in a query.");
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

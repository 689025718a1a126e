package dev.blastwall.protocol;

/**
 * A no, in words for a human. A protocol renders it in its own language.
 *
 * @param kind why, for the protocol's choice of code
 * @param decisionId names the decision in the record
 * @param reason what was refused and why, one sentence or more
 * @param advice what the client can do now
 */
public record Refusal(Kind kind, String decisionId, String reason, String advice) {

  /** Why something was refused. */
  public enum Kind {
    /** The token does not prove who the client is. */
    SIGN_IN,
    /** No such connection or database. */
    UNKNOWN_CONNECTION,
    /** Policy says no. */
    POLICY,
    /** A human said no. */
    NOT_APPROVED,
    /** Nobody answered in time. */
    APPROVAL_EXPIRED,
    /** The client withdrew a held command. */
    CANCELLED,
    /** The gateway cannot judge or record; it fails closed. */
    UNAVAILABLE,
    /** The session's time is over. */
    SESSION_ENDED
  }
}

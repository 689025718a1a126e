package dev.blastwall.approval;

/** An approver's word that does not count. The message says why and what to do. */
public final class ApprovalException extends Exception {

  private static final long serialVersionUID = 1L;

  private final Why why;

  ApprovalException(Why why, String message) {
    super(message);
    this.why = why;
  }

  /** Why the word does not count. */
  public Why why() {
    return why;
  }

  /** Why an approver's word does not count. */
  public enum Why {
    /** No such hold: it never was, was answered, withdrawn, or expired. */
    UNKNOWN,
    /** The command is not the one that the approver saw. */
    OTHER_COMMAND,
    /** This approver may not answer this hold. */
    NOT_ALLOWED
  }
}

package dev.blastwall.approval;

import java.util.List;

/** How a hold ended. */
public sealed interface Outcome {

  /**
   * Enough approvers said yes.
   *
   * @param by their subjects
   */
  record Approved(List<String> by) implements Outcome {
    public Approved {
      by = List.copyOf(by);
    }
  }

  /**
   * An approver said no.
   *
   * @param by the subject
   * @param reason in the approver's words; may be empty
   */
  record Denied(String by, String reason) implements Outcome {}

  /** Nobody answered in time. */
  record Expired() implements Outcome {}

  /** The one who asked gave up. */
  record Withdrawn() implements Outcome {}
}

package dev.blastwall.approval;

import dev.blastwall.command.Principal;
import java.util.List;
import java.util.Optional;

/** Who may answer a hold. */
final class Approver {

  private static final String GROUP = "group:";

  private Approver() {}

  /** Why {@code approver} may not answer {@code held}, or empty when they may. */
  static Optional<String> objection(Principal approver, HeldCommand held) {
    if (isInChain(approver, held.session().principal())) {
      return Optional.of(
          "The one who asked, and who acts for them, cannot approve. Ask somebody else of "
              + String.join(", ", held.decision().approvers())
              + ".");
    }
    if (!approver.actors().isEmpty()) {
      return Optional.of("Only a person approves, not somebody who acts for one.");
    }
    return mayApprove(approver, held.decision().approvers())
        ? Optional.empty()
        : Optional.of(
            "Only " + String.join(", ", held.decision().approvers()) + " may approve this.");
  }

  /** A chain is one party: neither its subject nor any of its actors approves for it. */
  private static boolean isInChain(Principal approver, Principal asker) {
    return approver.subject().equals(asker.subject())
        || asker.actors().stream().anyMatch(actor -> actor.subject().equals(approver.subject()));
  }

  private static boolean mayApprove(Principal approver, List<String> approvers) {
    return approver.groups().stream().anyMatch(group -> approvers.contains(GROUP + group));
  }
}

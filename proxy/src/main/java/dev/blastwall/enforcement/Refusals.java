package dev.blastwall.enforcement;

import dev.blastwall.approval.Outcome;
import dev.blastwall.policy.Decision;
import dev.blastwall.protocol.Refusal;
import dev.blastwall.protocol.SignIn;

/** The words of every no. */
final class Refusals {

  private Refusals() {}

  static Refusal of(String decisionId, Decision.Refuse decision) {
    return decision.failed()
        ? unavailable(decisionId, decision.explanation())
        : new Refusal(
            Refusal.Kind.POLICY,
            decisionId,
            decision.explanation(),
            "Change the command, or ask those who write the policy; name the decision.");
  }

  static Refusal unavailable(String decisionId, String what) {
    return new Refusal(
        Refusal.Kind.UNAVAILABLE,
        decisionId,
        what,
        "Nothing was sent on. Try again; if it stays so, tell the gateway's operators and name the"
            + " decision.");
  }

  static Refusal cannotRecord(String decisionId) {
    return unavailable(decisionId, "The session cannot be recorded now, so it may not begin.");
  }

  static Refusal unknownConnection(String decisionId, SignIn signIn) {
    return new Refusal(
        Refusal.Kind.UNKNOWN_CONNECTION,
        decisionId,
        "There is no " + signIn.protocol() + " connection \"" + signIn.connection() + "\".",
        "Ask the gateway's operators which connections there are.");
  }

  static Refusal connectCannotWait(String decisionId, Decision.Hold hold) {
    return new Refusal(
        Refusal.Kind.POLICY,
        decisionId,
        hold.explanation(),
        "A connection cannot wait for an approval. Ask for access first.");
  }

  static Refusal cannotWait(String decisionId, Decision.Hold hold) {
    return new Refusal(
        Refusal.Kind.POLICY,
        decisionId,
        hold.explanation(),
        "A result cannot wait for an approval: the policy must hold the command itself.");
  }

  /** Where limits would have to be ignored, they are not. */
  static Refusal cannotLimit(String decisionId) {
    return new Refusal(
        Refusal.Kind.POLICY,
        decisionId,
        "The policy limits what only the decision about a command can limit.",
        "Ask those who write the policy to give limits at the point \"command\".");
  }

  static Refusal sessionEnded(String decisionId) {
    return new Refusal(
        Refusal.Kind.SESSION_ENDED,
        decisionId,
        "The token of this session has expired.",
        "Sign in again with a new token.");
  }

  /** What would not be let in now may not stay. */
  static Refusal noLongerAllowed(Refusal refusal) {
    return new Refusal(
        refusal.kind(),
        refusal.decisionId(),
        "The policy has changed and no longer allows this session: " + refusal.reason(),
        "Ask those who write the policy; name the decision.");
  }

  /** Only a hold that ended without an approval is a no. */
  static Refusal notApproved(String decisionId, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Denied denied ->
          new Refusal(
              Refusal.Kind.NOT_APPROVED,
              decisionId,
              denied.by() + " denied this command" + because(denied.reason()),
              "Talk to them before you ask again.");
      case Outcome.Expired() ->
          new Refusal(
              Refusal.Kind.APPROVAL_EXPIRED,
              decisionId,
              "Nobody approved this command in time.",
              "Ask an approver to be at hand, and send the command again.");
      case Outcome.Withdrawn() ->
          new Refusal(
              Refusal.Kind.CANCELLED,
              decisionId,
              "The command was cancelled while it waited for an approval.",
              "Send it again when you want it approved.");
      case Outcome.Approved approved ->
          throw new IllegalArgumentException("an approved command is not refused: " + approved);
    };
  }

  private static String because(String reason) {
    return reason.isBlank() ? "." : ": " + reason;
  }
}

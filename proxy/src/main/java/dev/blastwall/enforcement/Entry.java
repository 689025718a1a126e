package dev.blastwall.enforcement;

import dev.blastwall.command.Limits;
import dev.blastwall.policy.Decision;
import dev.blastwall.protocol.Refusal;

/** What a decision at the point {@code connect} comes to, when a session begins and later. */
sealed interface Entry {

  /** The session may be. */
  record Open(Decision.Forward decision) implements Entry {}

  /** It may not. */
  record Shut(Refusal refusal) implements Entry {}

  static Entry of(String decisionId, Decision decision) {
    return switch (decision) {
      case Decision.Forward forward when !forward.limits().equals(Limits.NONE) ->
          new Shut(Refusals.cannotLimit(decisionId));
      case Decision.Forward forward -> new Open(forward);
      case Decision.Hold hold -> new Shut(Refusals.connectCannotWait(decisionId, hold));
      case Decision.Refuse refuse -> new Shut(Refusals.of(decisionId, refuse));
    };
  }
}

package dev.blastwall.telemetry;

import dev.blastwall.policy.Decision;

/** What policy decided; a decision that could not be made is a refusal of its own kind. */
enum Outcome {
  FORWARD,
  HOLD,
  REFUSE,
  ERROR;

  static Outcome of(Decision decision) {
    return switch (decision) {
      case Decision.Forward forward -> FORWARD;
      case Decision.Hold hold -> HOLD;
      case Decision.Refuse refuse -> refuse.failed() ? ERROR : REFUSE;
    };
  }
}

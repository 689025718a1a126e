package dev.blastwall.authoring;

import dev.blastwall.policy.Decision;
import dev.blastwall.policy.DecisionOutline;
import java.util.Optional;

/**
 * A decision that another bundle would make otherwise.
 *
 * @param asked the question
 * @param before what was decided
 * @param after what would be
 * @param decision the same, whole
 */
public record Change(
    RecordedDecision asked, DecisionOutline before, DecisionOutline after, Decision decision) {

  /** The change from one decision to another, if somebody would notice it. */
  static Optional<Change> between(RecordedDecision asked, Decision before, Decision after) {
    DecisionOutline then = DecisionOutline.of(before);
    DecisionOutline now = DecisionOutline.of(after);
    return then.equals(now) ? Optional.empty() : Optional.of(new Change(asked, then, now, after));
  }
}

package dev.blastwall.authoring;

import dev.blastwall.opa.Value;
import dev.blastwall.policy.Decision;
import java.time.Instant;

/**
 * A question that policy was asked, and its answer.
 *
 * @param id of the decision, as the client was told it
 * @param asked when
 * @param who asked, the subject and those who act for it
 * @param connection the name of what it was asked of
 * @param point of the contract
 * @param text what the client sent; the client's program at the point {@code connect}
 * @param input as policy saw it
 * @param decision as it was then
 */
public record RecordedDecision(
    String id,
    Instant asked,
    String who,
    String connection,
    String point,
    String text,
    Value input,
    Decision decision) {}

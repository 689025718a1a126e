package dev.blastwall.authoring;

import dev.blastwall.opa.Value;
import dev.blastwall.policy.Decision;

/**
 * A question and its answer.
 *
 * @param input as policy saw it
 * @param decision its answer
 */
public record AskedDecision(Value input, Decision decision) {}

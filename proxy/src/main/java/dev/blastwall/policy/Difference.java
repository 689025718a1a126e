package dev.blastwall.policy;

/**
 * What a shadow would have decided otherwise.
 *
 * @param decisionId names the decision that was enforced
 * @param shadow the set of policies that was asked and not obeyed
 * @param enforced what counted
 * @param other what the shadow answered; a failed refusal where it could not
 */
public record Difference(String decisionId, String shadow, Decision enforced, Decision other) {}

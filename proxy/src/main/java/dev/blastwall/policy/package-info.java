/**
 * Asks the policy bundle: a {@link dev.blastwall.policy.Question} goes in as the document {@code
 * input}, a {@link dev.blastwall.policy.Decision} comes out.
 *
 * <p>The contract is version 1 of {@code blastwall/decision}. Undefined, an error, a time-out, an
 * unknown outcome, a field of the wrong type: each is a {@link
 * dev.blastwall.policy.Decision.Refuse} whose reason says which.
 *
 * <p>There may be several sets of bundles: {@link dev.blastwall.policy.StagedPolicy} says which of
 * them decides about a session, and a {@link dev.blastwall.policy.Shadow} asks another as well.
 */
@NullMarked
package dev.blastwall.policy;

import org.jspecify.annotations.NullMarked;

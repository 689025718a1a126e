/**
 * Commands that wait for a human.
 *
 * <p>Enters: a command that policy holds, and the word of an approver. Leaves: one {@link
 * dev.blastwall.approval.Outcome} per hold. An approval is bound to the command's digest, is given
 * by somebody outside the chain that asked, is used once and expires.
 */
@NullMarked
package dev.blastwall.approval;

import org.jspecify.annotations.NullMarked;

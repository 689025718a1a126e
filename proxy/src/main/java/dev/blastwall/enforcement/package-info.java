/**
 * The flow between a decoded command and the upstream: who is it, what does policy say, who must
 * approve, is it recorded; then forward, hold or refuse.
 *
 * <p>Whether a session may be is asked when it begins, and again whenever another policy comes in
 * ({@link dev.blastwall.enforcement.LiveSessions}).
 *
 * <p>Enters: the questions of a protocol. Leaves: its answers. Whatever fails here fails closed: an
 * identity that cannot be checked, a policy that cannot be evaluated and a record that cannot be
 * written are refusals.
 */
@NullMarked
package dev.blastwall.enforcement;

import org.jspecify.annotations.NullMarked;

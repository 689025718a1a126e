/**
 * The seam between a protocol and the rest. A protocol knows bytes; enforcement knows people and
 * policy; neither knows the other's insides.
 *
 * <p>A protocol asks, in this order: {@link dev.blastwall.protocol.Gate#admit admit}, then for
 * every command {@link dev.blastwall.protocol.SessionGate#judge judge}, for every result set {@link
 * dev.blastwall.protocol.SessionGate#describe describe}, and it tells what went by ({@link
 * dev.blastwall.protocol.SessionGate#observe observe}) and why it ended ({@link
 * dev.blastwall.protocol.SessionGate#close close}). It is told when policy ends a session ({@link
 * dev.blastwall.protocol.SessionGate#onEnding onEnding}).
 *
 * <p>Every answer is a callback on the session's own event loop: at once, before the question
 * returns, or later. {@link dev.blastwall.protocol.Turnstile} keeps the order of the conversation
 * while an answer is awaited; it is written once, for all protocols.
 */
@NullMarked
package dev.blastwall.protocol;

import org.jspecify.annotations.NullMarked;

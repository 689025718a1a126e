/**
 * What the gateway writes into the evidence: sessions, commands with their decisions, what
 * approvers said, responses as the client saw them, sign-ins that failed, and what shadows would
 * have decided.
 *
 * <p>Enters: what enforcement decided and what protocols observed. Leaves: records of the recorder,
 * one JSON object each, but for responses, which stay the protocol's own bytes. What policy saw and
 * answered stands there by the contract's own names, so that it can be asked again.
 */
@NullMarked
package dev.blastwall.recording;

import org.jspecify.annotations.NullMarked;

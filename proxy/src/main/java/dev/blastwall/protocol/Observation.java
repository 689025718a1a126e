package dev.blastwall.protocol;

/** What went by. */
public sealed interface Observation {

  /**
   * A part of the answer, as the client saw it: after masking.
   *
   * @param bytes the protocol's own messages; a replay decodes them
   */
  record Response(byte[] bytes) implements Observation {}

  /**
   * A command's answer is complete.
   *
   * @param decisionId the decision under which it ran
   * @param outcome the protocol's word for how it ended: a command tag, an error code
   * @param rows rows shown
   */
  record Completed(String decisionId, String outcome, long rows) implements Observation {}

  /**
   * The peer broke the protocol, or the gateway refused without asking policy.
   *
   * @param what for a human, without any value of the message
   */
  record Fault(String what) implements Observation {}
}

package dev.blastwall.protocol;

import dev.blastwall.command.Command;

/** The answer to a command. */
public sealed interface Verdict {

  /**
   * Send it on.
   *
   * @param decisionId names the decision in the record
   * @param command what was judged, and nothing else
   */
  record Forward(String decisionId, Command command) implements Verdict {}

  /**
   * Do not.
   *
   * @param refusal what to tell the client
   */
  record Refused(Refusal refusal) implements Verdict {}
}

package dev.blastwall.protocol;

import dev.blastwall.command.Command;
import dev.blastwall.command.Limits;

/** The answer to a command. */
public sealed interface Verdict {

  /**
   * Send it on.
   *
   * @param decisionId names the decision in the record
   * @param command what was judged, and nothing else
   * @param limits of its answer, which the protocol enforces
   */
  record Forward(String decisionId, Command command, Limits limits) implements Verdict {}

  /**
   * Do not.
   *
   * @param refusal what to tell the client
   */
  record Refused(Refusal refusal) implements Verdict {}
}

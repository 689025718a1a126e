package dev.blastwall.enforcement;

import dev.blastwall.command.Command;
import dev.blastwall.command.CommandDigest;
import dev.blastwall.protocol.Held;
import dev.blastwall.protocol.Refusal;
import dev.blastwall.protocol.Verdict;
import java.util.function.Consumer;

/**
 * A command on its way to a verdict.
 *
 * @param decisionId names the decision
 * @param command what was asked
 * @param digest its digest
 * @param since monotonic nanoseconds when it was asked
 * @param onHold is told when it must wait
 * @param then gets the verdict
 */
record Asked(
    String decisionId,
    Command command,
    CommandDigest digest,
    long since,
    Consumer<Held> onHold,
    Consumer<Verdict> then) {

  void refuse(Refusal refusal) {
    then.accept(new Verdict.Refused(refusal));
  }
}

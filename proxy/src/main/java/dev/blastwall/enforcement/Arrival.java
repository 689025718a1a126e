package dev.blastwall.enforcement;

import dev.blastwall.command.Session;
import dev.blastwall.policy.SessionPolicy;
import dev.blastwall.protocol.Admission;
import dev.blastwall.recording.NodeLog;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Somebody known, on the way in.
 *
 * @param session what it would be
 * @param policy decides about it
 * @param route where it leads
 * @param loop the event loop that it lives on
 * @param then gets the answer
 */
record Arrival(
    Session session,
    SessionPolicy policy,
    Routes.Route route,
    Executor loop,
    Consumer<Admission> then) {

  String decisionId() {
    return NodeLog.connectDecisionId(session);
  }
}

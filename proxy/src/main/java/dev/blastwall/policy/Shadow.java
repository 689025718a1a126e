package dev.blastwall.policy;

import dev.blastwall.command.Session;
import java.util.concurrent.Executor;

/**
 * A policy that is asked what is asked of another, and never obeyed.
 *
 * @param set the name of its set
 * @param policy what would decide
 * @param aside one thread that is no event loop; it rejects what is too much
 * @param listener hears how it fares
 */
public record Shadow(String set, Policy policy, Executor aside, ShadowListener listener) {

  /** What {@code enforced} decides about {@code session}, with this shadow behind it. */
  SessionPolicy behind(SessionPolicy enforced, Session session) {
    return new ShadowedDecisions(enforced, session, this);
  }
}

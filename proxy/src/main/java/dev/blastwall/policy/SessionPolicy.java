package dev.blastwall.policy;

import java.util.function.Consumer;

/** Decides about one session; belongs to its event loop. */
@FunctionalInterface
public interface SessionPolicy {

  /**
   * Answers {@code question}.
   *
   * @param decisionId names the decision, in the decision log as in the recording
   * @param then gets the decision exactly once: on the caller's thread before this method returns,
   *     or later on any thread
   */
  void decide(String decisionId, Question question, Consumer<Decision> then);
}

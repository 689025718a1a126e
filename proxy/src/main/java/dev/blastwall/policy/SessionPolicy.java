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

  /**
   * Whether another policy has come in since it was last asked whether the session may be: then the
   * answer may be another one.
   */
  default boolean isOutdated() {
    return false;
  }

  /**
   * Says that a decision was enforced, so that a shadow may be asked the same. Returns at once.
   *
   * @param then gets the difference, if there is one, later on any thread
   */
  default void enforced(
      String decisionId, Question question, Decision decision, Consumer<Difference> then) {}
}

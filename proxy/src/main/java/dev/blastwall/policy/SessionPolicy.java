package dev.blastwall.policy;

import java.util.function.Consumer;

/** Decides about one session; belongs to its event loop. */
@FunctionalInterface
public interface SessionPolicy {

  /**
   * Answers {@code question}.
   *
   * @param then gets the decision exactly once: on the caller's thread before this method returns,
   *     or later on any thread
   */
  void decide(Question question, Consumer<Decision> then);
}

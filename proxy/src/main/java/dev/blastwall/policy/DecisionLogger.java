package dev.blastwall.policy;

import dev.blastwall.opa.decisionlog.DecisionEvent;
import dev.blastwall.opa.decisionlog.LogPolicy;

/** Takes decisions for the decision log; thread-safe, and never waits. */
@FunctionalInterface
public interface DecisionLogger {

  /**
   * Logs a decision.
   *
   * @param policy says what of it must not stand in the log
   * @return whether it was taken; the log says by itself what it could not take
   */
  boolean log(DecisionEvent event, LogPolicy policy);
}

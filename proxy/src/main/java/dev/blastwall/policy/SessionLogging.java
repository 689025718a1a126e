package dev.blastwall.policy;

import dev.blastwall.opa.Evaluation;
import dev.blastwall.opa.Value;
import dev.blastwall.opa.decisionlog.DecisionEvent;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Tells the decision log what was decided about one session.
 *
 * @param logger the log
 * @param client where the session comes from
 */
record SessionLogging(DecisionLogger logger, String client) {

  /**
   * The metric of a decision that was made before, about a question that policy cannot tell apart.
   */
  private static final Map<String, Long> REMEMBERED = Map.of("counter_decision_remembered", 1L);

  /**
   * A question and who answers it.
   *
   * @param decisionId names the decision
   * @param policy answers
   * @param input as policy sees it
   * @param when it is asked
   */
  record Asked(String decisionId, ActivePolicy policy, Value input, Instant when) {}

  void evaluated(Asked asked, Evaluation evaluation, long nanos) {
    log(asked, evaluation, Map.of("timer_rego_query_eval_ns", nanos));
  }

  void remembered(Asked asked, Evaluation evaluation) {
    log(asked, evaluation, REMEMBERED);
  }

  private void log(Asked asked, Evaluation evaluation, Map<String, Long> metrics) {
    logger.log(
        new DecisionEvent(
            asked.decisionId(),
            OpaPolicy.ENTRYPOINT,
            asked.input(),
            evaluation,
            asked.policy().revisions(),
            client,
            asked.when(),
            metrics,
            Optional.empty()),
        asked.policy().logPolicy());
  }
}

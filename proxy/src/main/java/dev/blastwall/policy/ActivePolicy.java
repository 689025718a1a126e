package dev.blastwall.policy;

import dev.blastwall.opa.Evaluation;
import dev.blastwall.opa.PolicyEngine;
import dev.blastwall.opa.PolicyException;
import dev.blastwall.opa.decisionlog.LogPolicy;
import dev.blastwall.opa.decisionlog.SystemLogPolicy;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bundle that decides: what its engine evaluates to, as a {@link Decision}. Whatever is none is a
 * refusal.
 *
 * @param engine evaluates the bundle
 * @param revision the bundle's revision, for records
 * @param revisions of the bundles, by their name, for the decision log
 * @param logPolicy what of its decisions must not stand there
 * @param reader reads what it evaluates to
 */
record ActivePolicy(
    PolicyEngine engine,
    String revision,
    Map<String, String> revisions,
    LogPolicy logPolicy,
    DecisionReader reader) {

  private static final Logger log = LoggerFactory.getLogger(ActivePolicy.class);

  /** What an engine decides by bundles of these revisions. */
  ActivePolicy(
      PolicyEngine engine, String revision, Map<String, String> revisions, DecisionReader reader) {
    this(
        engine,
        revision,
        revisions,
        new ContractLogPolicy(engine).and(new SystemLogPolicy(engine)),
        reader);
  }

  Decision decision(Evaluation evaluation) {
    return switch (evaluation) {
      case Evaluation.Defined defined -> read(defined);
      case Evaluation.Undefined undefined ->
          failed("undefined_decision", "The policy gave no decision.");
      case Evaluation.Failed failed -> failed(failed.cause());
    };
  }

  private Decision read(Evaluation.Defined defined) {
    try {
      return reader.read(defined.value(), Objects.requireNonNullElse(defined.revision(), revision));
    } catch (MalformedDecisionException e) {
      return failed("malformed_decision", "The policy's answer is no decision: " + e.getMessage());
    }
  }

  private Decision failed(PolicyException error) {
    log.warn("policy could not be evaluated, revision={}", revision, error);
    return failed("policy_error", "The policy could not be evaluated: " + error.getMessage());
  }

  private Decision failed(String code, String message) {
    return new Decision.Refuse(List.of(new Decision.Reason(code, message)), revision, true);
  }
}

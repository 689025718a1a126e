package dev.blastwall.policy;

import dev.blastwall.command.Session;
import dev.blastwall.masking.MaskingKey;
import dev.blastwall.opa.Evaluation;
import dev.blastwall.opa.PolicyEngine;
import dev.blastwall.opa.PolicyException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks {@code blastwall/decision} of an OPA bundle. */
public final class OpaPolicy implements Policy {

  /** The entrypoint that a bundle must have. */
  public static final String ENTRYPOINT = "blastwall/decision";

  private static final Logger log = LoggerFactory.getLogger(OpaPolicy.class);

  private final PolicyEngine engine;
  private final String revision;
  private final DecisionReader reader;
  private final InstantSource clock;

  /**
   * A policy that an engine evaluates.
   *
   * @param engine evaluates the bundle
   * @param revision the bundle's revision, for records
   * @param key for masks that need one
   * @param clock tells policy the time
   */
  public OpaPolicy(PolicyEngine engine, String revision, MaskingKey key, InstantSource clock) {
    this.engine = engine;
    this.revision = revision;
    this.reader = new DecisionReader(key);
    this.clock = clock;
  }

  @Override
  public SessionPolicy of(Session session) {
    SessionInput input = new SessionInput(session);
    return (question, then) ->
        engine.evaluate(
            ENTRYPOINT,
            input.of(question, nanos(clock.instant())),
            evaluation -> then.accept(decision(evaluation)));
  }

  private Decision decision(Evaluation evaluation) {
    return switch (evaluation) {
      case Evaluation.Defined defined -> read(defined);
      case Evaluation.Undefined undefined ->
          failed("undefined_decision", "The policy gave no decision.");
      case Evaluation.Failed failed -> failed(failed.cause());
    };
  }

  private Decision read(Evaluation.Defined defined) {
    try {
      return reader.read(defined.value(), revision);
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

  private static long nanos(Instant instant) {
    return TimeUnit.SECONDS.toNanos(instant.getEpochSecond()) + instant.getNano();
  }
}

package dev.blastwall.policy;

import dev.blastwall.masking.MaskingKey;
import dev.blastwall.opa.Bundle;
import dev.blastwall.opa.BundleException;
import dev.blastwall.opa.Evaluation;
import dev.blastwall.opa.Explanation;
import dev.blastwall.opa.PolicyEngine;
import dev.blastwall.opa.Value;
import dev.blastwall.opa.bundle.BundleReader;
import dev.blastwall.opa.embedded.EmbeddedEngine;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** A bundle that is asked outside a gateway, about inputs as they are. Thread-safe. */
public final class OfflinePolicy {

  /** Nothing is masked here; equal masks must only be equal. */
  private static final DecisionReader READER = new DecisionReader(MaskingKey.random());

  private final EmbeddedEngine engine;
  private final ActivePolicy policy;

  private OfflinePolicy(EmbeddedEngine engine, String revision) {
    this.engine = engine;
    this.policy = new ActivePolicy(engine, revision, Map.of("policy", revision), READER);
  }

  /**
   * Loads an unsigned bundle.
   *
   * @throws BundleException when it is none that could decide
   */
  public static OfflinePolicy load(Path file) throws BundleException {
    Bundle bundle = BundleReader.read(file);
    return new OfflinePolicy(EmbeddedEngine.load(bundle), bundle.revision());
  }

  /** What the bundle's manifest calls it. */
  public String revision() {
    return policy.revision();
  }

  /** What the bundle evaluates to; empty when it gives no value. */
  public Optional<Value> evaluate(Value input) {
    return engine.evaluate(OpaPolicy.ENTRYPOINT, input) instanceof Evaluation.Defined defined
        ? Optional.of(defined.value())
        : Optional.empty();
  }

  /** What the bundle decides; what it cannot decide is a refusal that says why. */
  public Decision decide(Value input) {
    return policy.decision(engine.evaluate(OpaPolicy.ENTRYPOINT, input));
  }

  /**
   * The same bundle as the policy of a gateway.
   *
   * @param observer is told of each input and the decision about it, before the gateway is
   * @param clock tells policy the time
   */
  public Policy heardBy(BiConsumer<Value, Decision> observer, InstantSource clock) {
    PolicyEngine heard =
        (entrypoint, input, then) ->
            engine.evaluate(
                entrypoint,
                input,
                evaluation -> {
                  observer.accept(input, policy.decision(evaluation));
                  then.accept(evaluation);
                });
    return new OpaPolicy(heard, revision(), MaskingKey.random(), clock);
  }

  /** Which rules held on the way to a decision. */
  public Explanation explain(Value input) {
    return engine.explain(OpaPolicy.ENTRYPOINT, input);
  }

  /**
   * Reads what {@link DecisionJson} wrote.
   *
   * @throws IllegalArgumentException when it is no decision of this version
   */
  public static Decision read(Value document, String revision) {
    try {
      return READER.read(document, revision);
    } catch (MalformedDecisionException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}

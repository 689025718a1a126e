package dev.blastwall.policy;

import dev.blastwall.command.Session;
import dev.blastwall.masking.MaskingKey;
import dev.blastwall.opa.PolicyEngine;
import dev.blastwall.opa.bundle.ActiveBundles;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Asks {@code blastwall/decision} of an OPA bundle. */
public final class OpaPolicy implements Policy {

  /** The entrypoint that a bundle must have. */
  public static final String ENTRYPOINT = "blastwall/decision";

  private final Supplier<ActivePolicy> active;
  private final InstantSource clock;
  private final Optional<DecisionLogger> logger;

  /**
   * A policy that an engine evaluates.
   *
   * @param engine evaluates the bundle
   * @param revision the bundle's revision, for records
   * @param key for masks that need one
   * @param clock tells policy the time
   */
  public OpaPolicy(PolicyEngine engine, String revision, MaskingKey key, InstantSource clock) {
    ActivePolicy only =
        new ActivePolicy(engine, revision, Map.of("policy", revision), new DecisionReader(key));
    this.active = () -> only;
    this.clock = clock;
    this.logger = Optional.empty();
  }

  /**
   * A policy that bundles give.
   *
   * @param bundles what decides at this moment; asked anew for each question, so that a session
   *     that lives on is judged by what is active by then
   * @param key for masks that need one
   * @param clock tells policy the time
   * @param logger is told of each decision, if decisions are logged
   */
  public OpaPolicy(
      Supplier<ActiveBundles> bundles,
      MaskingKey key,
      InstantSource clock,
      Optional<DecisionLogger> logger) {
    this.active = new ActivePolicies(bundles, key);
    this.clock = clock;
    this.logger = logger;
  }

  @Override
  public SessionPolicy of(Session session) {
    return new SessionDecisions(
        active,
        new SessionInput(session),
        clock,
        logger.map(log -> new SessionLogging(log, session.client().address())).orElse(null));
  }
}

package dev.blastwall.gateway;

import dev.blastwall.config.Configuration;
import dev.blastwall.config.ConfiguredConnection;
import dev.blastwall.masking.MaskingKey;
import dev.blastwall.policy.DecisionLogger;
import dev.blastwall.policy.OpaPolicy;
import dev.blastwall.policy.Policy;
import dev.blastwall.policy.Shadow;
import dev.blastwall.policy.StagedPolicy;
import dev.blastwall.telemetry.MeteredPolicy;
import dev.blastwall.telemetry.ShadowMeter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;

/** Makes one policy of several sets: who is judged by which, and shadowed by which. */
final class Staging {

  /** Questions that may wait for shadows; more are not asked. */
  private static final int WAITING = 4096;

  private final Configuration configuration;
  private final MeterRegistry registry;
  private final InstantSource clock;

  /** The same for all, so that what one masks, another masks alike. */
  private final MaskingKey key;

  Staging(
      Configuration configuration, MeterRegistry registry, InstantSource clock, MaskingKey key) {
    this.key = key;
    this.configuration = configuration;
    this.registry = registry;
    this.clock = clock;
  }

  Policy policy(List<LoadedSet> sets, Optional<DecisionLogger> logger, Parts parts) {
    Set<String> connections = configuration.connections().keySet();
    List<StagedPolicy.Stage> stages =
        sets.stream()
            .filter(set -> !set.audience().isEmpty())
            .map(set ->
                new StagedPolicy.Stage(
                    set.name(),
                    set.audience(),
                    new MeteredPolicy(opa(set, logger), set.name(), registry, connections)))
            .toList();
    return new StagedPolicy(stages, shadows(sets, parts));
  }

  private OpaPolicy opa(LoadedSet set, Optional<DecisionLogger> logger) {
    return new OpaPolicy(set.active(), key, clock, logger);
  }

  private Map<String, Shadow> shadows(List<LoadedSet> sets, Parts parts) {
    List<ConfiguredConnection> shadowed =
        configuration.connections().values().stream()
            .filter(connection -> connection.shadow().isPresent())
            .toList();
    Map<String, Shadow> shadows = new HashMap<>();
    if (!shadowed.isEmpty()) {
      Aside aside = parts.add(new Aside("shadows", WAITING));
      for (ConfiguredConnection connection : shadowed) {
        String name = connection.connection().name();
        LoadedSet set = named(connection.shadow().orElseThrow(), sets);
        shadows.put(name, shadow(set, name, aside));
      }
    }
    return shadows;
  }

  private static LoadedSet named(String name, List<LoadedSet> sets) {
    return sets.stream().filter(set -> set.name().equals(name)).findFirst().orElseThrow();
  }

  /** Not in the decision log: there, what has the id of a decision is what was enforced. */
  private Shadow shadow(LoadedSet set, String connection, Executor aside) {
    return new Shadow(
        set.name(),
        opa(set, Optional.empty()),
        aside,
        new ShadowMeter(registry, connection, set.name()));
  }
}

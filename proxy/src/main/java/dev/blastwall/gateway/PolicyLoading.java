package dev.blastwall.gateway;

import dev.blastwall.config.Configuration;
import dev.blastwall.config.ConfiguredEngine;
import dev.blastwall.masking.MaskingKey;
import dev.blastwall.opa.BundleException;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.bundle.ActiveBundles;
import dev.blastwall.opa.bundle.BundleListener;
import dev.blastwall.opa.bundle.BundleMetrics;
import dev.blastwall.opa.bundle.Bundles;
import dev.blastwall.opa.bundle.EmbeddedEngines;
import dev.blastwall.opa.bundle.EngineFactory;
import dev.blastwall.opa.embedded.EngineOptions;
import dev.blastwall.opa.sidecar.SidecarEngine;
import dev.blastwall.opa.sidecar.SidecarEngines;
import dev.blastwall.opa.sidecar.SidecarMetrics;
import dev.blastwall.opa.sidecar.SidecarOptions;
import dev.blastwall.policy.DecisionLogger;
import dev.blastwall.policy.OpaPolicy;
import dev.blastwall.policy.Policy;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Bundles that are fetched, and given to the engine, on threads of their own, at first while the
 * rest starts.
 */
public final class PolicyLoading implements AutoCloseable {

  private final Parts parts = new Parts();
  private final Configuration configuration;
  private final @Nullable Path kept;
  private final BundleListener listener;
  private final MeterRegistry registry;

  private Supplier<ActiveBundles> active =
      () -> {
        throw new IllegalStateException("not started");
      };
  private First first = () -> {};
  private Function<Map<String, String>, ObjectValue> status = PolicyLoading::withoutBundles;

  private interface First {
    void await() throws BundleException, InterruptedException;
  }

  private PolicyLoading(
      Configuration configuration,
      @Nullable Path kept,
      BundleListener listener,
      MeterRegistry registry) {
    this.configuration = configuration;
    this.kept = kept;
    this.listener = listener;
    this.registry = registry;
  }

  /** Begins, and keeps the last good bundles in the data folder. */
  static PolicyLoading start(Configuration configuration, MeterRegistry registry)
      throws BundleException {
    return begin(
        new PolicyLoading(
            configuration,
            configuration.data().resolve("bundles"),
            new BundleLog(new BundleMetrics(registry)),
            registry));
  }

  /**
   * Does what a gateway does before it decides, and ends it again.
   *
   * @return the revision that would decide
   * @throws BundleException when none would
   */
  public static String check(Configuration configuration) throws BundleException {
    try (PolicyLoading loading =
        begin(
            new PolicyLoading(
                configuration, null, new BundleListener() {}, new SimpleMeterRegistry()))) {
      loading.await();
      return loading.revision();
    }
  }

  private static PolicyLoading begin(PolicyLoading loading) throws BundleException {
    try {
      loading.begin();
      return loading;
    } catch (BundleException | RuntimeException e) {
      loading.close();
      throw e;
    }
  }

  private void begin() throws BundleException {
    switch (configuration.engine()) {
      case ConfiguredEngine.Embedded() ->
          bundles(new EmbeddedEngines(EngineOptions.DEFAULT, OpaPolicy.ENTRYPOINT));
      case ConfiguredEngine.Started sidecar -> bundles(parts.add(sidecars(sidecar)));
      case ConfiguredEngine.Running running -> running(running);
    }
  }

  private void bundles(EngineFactory engines) throws BundleException {
    Bundles bundles =
        parts.add(
            Bundles.start(configuration.bundles(), engines, OpaPolicy.ENTRYPOINT, kept, listener));
    active = bundles;
    first = bundles::await;
    status = bundles::statusJson;
  }

  private SidecarEngines sidecars(ConfiguredEngine.Started sidecar) {
    return new SidecarEngines(
        sidecar.program(),
        options(sidecar.timeout()),
        OpaPolicy.ENTRYPOINT,
        new SidecarLog(new SidecarMetrics(registry)));
  }

  private void running(ConfiguredEngine.Running running) {
    SidecarEngine engine =
        parts.add(new SidecarEngine(running.address(), options(running.timeout())));
    String address = running.address().toString();
    // It says with each answer which of its bundles gave it.
    ActiveBundles always = new ActiveBundles(engine, Map.of("opa", address));
    active = () -> always;
    first =
        () -> {
          if (!engine.isHealthy()) {
            throw new BundleException(
                "The OPA at "
                    + address
                    + " is not well. Does it run, and has it loaded its bundles?");
          }
        };
  }

  private static SidecarOptions options(Duration timeout) {
    return SidecarOptions.DEFAULT.withTimeout(timeout);
  }

  /**
   * Waits for the first policy.
   *
   * @param logger is told of each decision, if decisions are logged
   */
  Policy join(InstantSource clock, Optional<DecisionLogger> logger) throws BundleException {
    await();
    return new OpaPolicy(active, MaskingKey.random(), clock, logger);
  }

  private void await() throws BundleException {
    try {
      first.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while the policy was loaded.", e);
    }
  }

  /** The revision that decides at this moment. */
  String revision() {
    return active.get().revision();
  }

  /**
   * How the policy fares, as OPA's status document.
   *
   * @param labels say which gateway this is
   */
  ObjectValue status(Map<String, String> labels) {
    return status.apply(labels);
  }

  /** An OPA that runs already reports its bundles itself. */
  private static ObjectValue withoutBundles(Map<String, String> labels) {
    return new ObjectValue(3)
        .put("labels", ObjectValue.ofStrings(labels))
        .put("plugins", new ObjectValue(1));
  }

  @Override
  public void close() {
    parts.close();
  }
}

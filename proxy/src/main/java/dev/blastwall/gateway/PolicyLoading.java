package dev.blastwall.gateway;

import dev.blastwall.config.Configuration;
import dev.blastwall.config.ConfiguredEngine;
import dev.blastwall.masking.MaskingKey;
import dev.blastwall.opa.BundleException;
import dev.blastwall.opa.bundle.ActiveBundles;
import dev.blastwall.opa.bundle.BundleListener;
import dev.blastwall.opa.bundle.Bundles;
import dev.blastwall.opa.bundle.EmbeddedEngines;
import dev.blastwall.opa.bundle.EngineFactory;
import dev.blastwall.opa.embedded.EngineOptions;
import dev.blastwall.opa.sidecar.SidecarEngine;
import dev.blastwall.opa.sidecar.SidecarEngines;
import dev.blastwall.opa.sidecar.SidecarOptions;
import dev.blastwall.policy.DecisionLogger;
import dev.blastwall.policy.OpaPolicy;
import dev.blastwall.policy.Policy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
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

  private Supplier<ActiveBundles> active =
      () -> {
        throw new IllegalStateException("not started");
      };
  private First first = () -> {};

  private interface First {
    void await() throws BundleException, InterruptedException;
  }

  private PolicyLoading(Configuration configuration, @Nullable Path kept, BundleListener listener) {
    this.configuration = configuration;
    this.kept = kept;
    this.listener = listener;
  }

  /** Begins, and keeps the last good bundles in the data folder. */
  static PolicyLoading start(Configuration configuration) throws BundleException {
    return begin(
        new PolicyLoading(configuration, configuration.data().resolve("bundles"), new BundleLog()));
  }

  /**
   * Does what a gateway does before it decides, and ends it again.
   *
   * @return the revision that would decide
   * @throws BundleException when none would
   */
  public static String check(Configuration configuration) throws BundleException {
    try (PolicyLoading loading =
        begin(new PolicyLoading(configuration, null, new BundleListener() {}))) {
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
  }

  private static SidecarEngines sidecars(ConfiguredEngine.Started sidecar) {
    return new SidecarEngines(
        sidecar.program(), options(sidecar.timeout()), OpaPolicy.ENTRYPOINT, new SidecarLog());
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

  @Override
  public void close() {
    parts.close();
  }
}

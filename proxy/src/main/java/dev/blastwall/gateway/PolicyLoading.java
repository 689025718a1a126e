package dev.blastwall.gateway;

import dev.blastwall.masking.MaskingKey;
import dev.blastwall.opa.BundleException;
import dev.blastwall.opa.bundle.BundleConfig;
import dev.blastwall.opa.bundle.Bundles;
import dev.blastwall.opa.bundle.EmbeddedEngines;
import dev.blastwall.opa.embedded.EngineOptions;
import dev.blastwall.policy.OpaPolicy;
import dev.blastwall.policy.Policy;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/**
 * Bundles that are fetched and compiled on threads of their own, at first while the rest starts.
 */
final class PolicyLoading implements AutoCloseable {

  private final Bundles bundles;

  private PolicyLoading(Bundles bundles) {
    this.bundles = bundles;
  }

  /**
   * Begins.
   *
   * @param data the folder where the last good bundles are kept
   */
  static PolicyLoading start(List<BundleConfig> configured, Path data) throws BundleException {
    return new PolicyLoading(
        Bundles.start(
            configured,
            new EmbeddedEngines(EngineOptions.DEFAULT, OpaPolicy.ENTRYPOINT),
            OpaPolicy.ENTRYPOINT,
            data.resolve("bundles"),
            new BundleLog()));
  }

  /** Waits for the first policy. */
  Policy join(InstantSource clock) throws BundleException {
    try {
      bundles.await();
      return new OpaPolicy(bundles, MaskingKey.random(), clock);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while the policy was loaded.", e);
    }
  }

  /** The revision that decides at this moment. */
  String revision() {
    return bundles.get().revision();
  }

  @Override
  public void close() {
    bundles.close();
  }
}

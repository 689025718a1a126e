package dev.blastwall.gateway;

import dev.blastwall.masking.MaskingKey;
import dev.blastwall.opa.Bundle;
import dev.blastwall.opa.BundleException;
import dev.blastwall.opa.embedded.EmbeddedEngine;
import dev.blastwall.policy.OpaPolicy;
import dev.blastwall.policy.Policy;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** A bundle that is compiled on a thread of its own, while the rest of the gateway starts. */
final class PolicyLoading {

  /**
   * A policy that is ready to be asked.
   *
   * @param policy decides
   * @param revision the revision of its bundle
   */
  record Loaded(Policy policy, String revision) {}

  private final FutureTask<Loaded> task;

  private PolicyLoading(FutureTask<Loaded> task) {
    this.task = task;
  }

  static PolicyLoading start(Path bundle, InstantSource clock) {
    FutureTask<Loaded> task = new FutureTask<>(() -> load(bundle, clock));
    Thread.ofPlatform().daemon().name("policy-loading").start(task);
    return new PolicyLoading(task);
  }

  private static Loaded load(Path file, InstantSource clock) throws BundleException {
    Bundle bundle = Bundle.read(file);
    EmbeddedEngine engine = EmbeddedEngine.load(bundle);
    return new Loaded(
        new OpaPolicy(engine, bundle.revision(), MaskingKey.random(), clock), bundle.revision());
  }

  /** Waits for the policy. */
  Loaded join() throws BundleException {
    try {
      return task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof BundleException refused) {
        throw refused;
      }
      throw new IllegalStateException("The policy could not be loaded: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while the policy was loaded.", e);
    }
  }
}

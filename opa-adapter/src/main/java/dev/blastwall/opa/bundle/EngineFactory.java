package dev.blastwall.opa.bundle;

import dev.blastwall.opa.Bundle;
import dev.blastwall.opa.BundleException;
import dev.blastwall.opa.PolicyEngine;

/** Makes engines out of bundles, one after the other. */
public interface EngineFactory {
  /**
   * An engine for a bundle. It may share work with the one before, where only data have changed.
   *
   * @throws BundleException when the bundle asks for what the engine does not offer
   */
  PolicyEngine engine(Bundle bundle) throws BundleException;
}

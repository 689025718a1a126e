package dev.blastwall.config;

import dev.blastwall.opa.bundle.Verification;
import dev.blastwall.opa.bundle.VerificationKey;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The keys that all bundles are verified with; {@code policy.keys}.
 *
 * @param keys by their id
 * @param present whether there are any, so that bundles must be signed
 */
record BundleKeys(Supplier<Map<String, VerificationKey>> keys, boolean present) {

  /**
   * How a bundle is verified.
   *
   * @param keyId which key it must be signed with, if only one will do
   * @param scope what its signature must say it is for, if that is not the key's
   */
  Verification verification(Optional<String> keyId, Optional<String> scope) {
    return present
        ? new Verification.Signed(keys.get(), keyId, scope)
        : new Verification.Unsigned();
  }
}

package dev.blastwall.gateway;

import dev.blastwall.command.Audience;
import dev.blastwall.opa.BundleException;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.bundle.ActiveBundles;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A set of policies that is kept current; whether it decides or shadows makes no difference here.
 *
 * @param name its name
 * @param audience whom it decides for
 * @param active what decides at this moment
 * @param first waits for the first of it
 * @param status how it fares, as OPA's status document, for a gateway with these labels
 */
record LoadedSet(
    String name,
    Audience audience,
    Supplier<ActiveBundles> active,
    First first,
    Function<Map<String, String>, ObjectValue> status) {

  /** The wait for the first policy. */
  interface First {
    void await() throws BundleException, InterruptedException;
  }

  /**
   * Waits for the first policy.
   *
   * @throws BundleException when there is none
   */
  void await() throws BundleException {
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
}

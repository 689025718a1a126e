package dev.blastwall.opa.bundle;

import java.util.Map;
import java.util.Optional;

/** Whether a bundle must be signed, and by whom. */
public sealed interface Verification {
  /** No key is known: a bundle must not be signed, for nobody could tell whether it is right. */
  record Unsigned() implements Verification {}

  /**
   * A bundle must be signed with one of the keys, as {@code signing} of OPA's configuration has it.
   *
   * @param keys by their id
   * @param keyId the one key that counts; else the signature says which
   * @param scope what the signature must say that it is for; else the key says it
   */
  record Signed(Map<String, VerificationKey> keys, Optional<String> keyId, Optional<String> scope)
      implements Verification {
    public Signed {
      keys = Map.copyOf(keys);
    }
  }
}

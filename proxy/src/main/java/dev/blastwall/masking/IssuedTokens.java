package dev.blastwall.masking;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The tokens that this process showed last. A token in the format of its value cannot look like
 * one, so that it comes back is known by memory only: of about {@value #REMEMBERED} tokens, of this
 * process, as whole values. Thread-safe; holds fingerprints, no tokens.
 */
final class IssuedTokens {

  static final int REMEMBERED = 65_536;

  private static final AtomicLongArray FINGERPRINTS = new AtomicLongArray(REMEMBERED);
  private static final long SEED = new SecureRandom().nextLong() | 1;

  private static volatile boolean any;

  private IssuedTokens() {}

  static void remember(String token) {
    long fingerprint = fingerprint(token);
    FINGERPRINTS.set(place(fingerprint), fingerprint);
    any = true;
  }

  static boolean hold(String value) {
    if (!any || value.isEmpty()) {
      return false;
    }
    long fingerprint = fingerprint(value);
    return FINGERPRINTS.get(place(fingerprint)) == fingerprint;
  }

  static boolean isEmpty() {
    return !any;
  }

  private static int place(long fingerprint) {
    return (int) (fingerprint & REMEMBERED - 1);
  }

  /** Mixed by multiplication and shift, as in SplitMix64; never zero, which stands for nothing. */
  private static long fingerprint(String text) {
    long hash = SEED;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ b) * 0xBF58_476D_1CE4_E5B9L;
      hash ^= hash >>> 31;
    }
    hash = (hash ^ hash >>> 27) * 0x94D0_49BB_1331_11EBL;
    return hash ^ hash >>> 33 | 1L << 63;
  }
}

package dev.blastwall.identity;

import dev.blastwall.identity.Verification.Reason;
import dev.blastwall.identity.Verification.Rejected;

/** Leaves a verification at the first thing that is wrong. Never leaves this package. */
final class Rejection extends Exception {

  private final transient Rejected rejected;

  Rejection(Reason reason, String message) {
    this(reason.because(message));
  }

  Rejection(Rejected rejected) {
    // Attackers choose how often this happens: no stack trace.
    super(rejected.message(), null, false, false);
    this.rejected = rejected;
  }

  Rejected rejected() {
    return rejected;
  }
}

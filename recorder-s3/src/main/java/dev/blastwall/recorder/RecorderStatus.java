package dev.blastwall.recorder;

import java.util.Optional;

/**
 * The recorder's state for metrics and readiness.
 *
 * @param fault why nothing is recorded any more; empty while healthy
 * @param sealing why spooled records cannot be sealed now (tried again until it works); empty while
 *     they can
 * @param openSessions sessions begun and not closed
 * @param queuedBytes bytes handed over and not yet written
 * @param unsealedBytes bytes in the spool that are not yet in sealed segments
 */
public record RecorderStatus(
    Optional<String> fault,
    Optional<String> sealing,
    int openSessions,
    long queuedBytes,
    long unsealedBytes) {

  /** Whether records are taken. */
  public boolean healthy() {
    return fault.isEmpty();
  }
}

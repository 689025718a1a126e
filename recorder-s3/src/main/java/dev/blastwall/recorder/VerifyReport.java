package dev.blastwall.recorder;

import java.util.List;

/**
 * What {@link Verifier} can state about a folder.
 *
 * @param findings what is wrong, in the order of the ledger: the first is the first broken place.
 *     Empty means that all sealed entries are as they were signed, and that what the spool holds
 *     continues them.
 * @param notes what is right and worth knowing, e.g. a torn write that a recovery cut off
 * @param open sessions that have not ended; the spool of a run that has not ended vouches for them
 * @param sessions how many sessions there are, open ones too
 * @param sealedEntries entries under a signature
 * @param spooledEntries entries that are chained and not yet signed: whoever can write to the
 *     folder could still replace or cut these
 * @param ledgerHead hash of the last statement, hex, and {@code statements} their number. To notice
 *     later that a whole folder was put back to an earlier state, keep these two elsewhere.
 */
public record VerifyReport(
    List<Finding> findings,
    List<String> notes,
    List<String> open,
    long sessions,
    long sealedEntries,
    long spooledEntries,
    String ledgerHead,
    long statements) {

  /** Copies the lists. */
  public VerifyReport {
    findings = List.copyOf(findings);
    notes = List.copyOf(notes);
    open = List.copyOf(open);
  }

  /** Whether nothing was found. */
  public boolean sound() {
    return findings.isEmpty();
  }
}

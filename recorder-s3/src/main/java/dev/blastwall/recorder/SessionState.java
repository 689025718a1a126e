package dev.blastwall.recorder;

import java.time.Instant;

/**
 * What the ledger knows of a session that has not ended: where its next segment continues.
 *
 * @param head hash of the last sealed entry, {@code next} the number of the entry after it
 * @param segments how many segments there are, {@code digest} of the last one's file
 */
@SuppressWarnings("ArrayRecordComponent")
record SessionState(
    String session,
    Instant begun,
    byte[] genesis,
    byte[] head,
    long next,
    int segments,
    byte[] digest) {

  static SessionState after(SealedSegment segment) {
    return new SessionState(
        segment.session(),
        segment.begun(),
        segment.genesis(),
        segment.head(),
        segment.last() + 1,
        segment.number() + 1,
        segment.digest());
  }
}

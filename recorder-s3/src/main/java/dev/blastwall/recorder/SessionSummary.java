package dev.blastwall.recorder;

import java.time.Instant;
import java.util.Optional;

/**
 * One session of a recording.
 *
 * @param id the session's id; unique within a day
 * @param begun wall time of its first entry
 * @param metadata what was given to {@link Recorder#begin}
 * @param records how many records it has, begin and end not counted
 * @param end how it ended; empty while it is open
 */
@SuppressWarnings("ArrayRecordComponent")
public record SessionSummary(
    String id, Instant begun, byte[] metadata, long records, Optional<SessionEnd> end) {}

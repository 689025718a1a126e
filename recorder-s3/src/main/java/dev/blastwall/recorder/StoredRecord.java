package dev.blastwall.recorder;

/**
 * A record as it stands in a recording.
 *
 * @param sequence its number in its session, from 1; the same that {@link AppendResult.Durable}
 *     told and findings name
 */
public record StoredRecord(long sequence, SessionRecord event) {}

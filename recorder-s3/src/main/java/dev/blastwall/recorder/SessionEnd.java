package dev.blastwall.recorder;

import java.time.Instant;

/**
 * How a session ended.
 *
 * @param time wall time of the closing entry
 * @param reason the reason given to {@link SessionRecording#close}, or the recorder's own
 */
public record SessionEnd(Instant time, String reason) {}

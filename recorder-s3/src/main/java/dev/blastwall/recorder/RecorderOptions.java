package dev.blastwall.recorder;

import java.time.Duration;

/**
 * Bounds and intervals of a {@link Recorder}.
 *
 * @param queueBytes bound of what is handed over and not yet written; beyond it appends are {@link
 *     Admission#FULL}
 * @param spoolBytes high-water mark of what is spooled and not yet sealed; beyond it appends are
 *     {@link Admission#FULL}
 * @param generationBytes size at which a spool file is finished and sealed into segments
 * @param generationAge age at which it is, if anything was written to it
 * @param writeInterval bound of the time that a buffered record stays in memory only: what a kill
 *     -9 can lose
 * @param syncInterval bound of the time that a buffered record stays in the page cache only: what
 *     loss of power can lose
 */
public record RecorderOptions(
    long queueBytes,
    long spoolBytes,
    int generationBytes,
    Duration generationAge,
    Duration writeInterval,
    Duration syncInterval) {

  /** Refuses bounds that are not positive or a generation above 1 GiB. */
  public RecorderOptions {
    if (queueBytes < 1 || spoolBytes < 1 || generationBytes < 1 || generationBytes > 1 << 30) {
      throw new IllegalArgumentException("sizes are at least 1 byte, a generation at most 1 GiB");
    }
    if (!positive(generationAge) || !positive(writeInterval) || !positive(syncInterval)) {
      throw new IllegalArgumentException("intervals are longer than nothing");
    }
  }

  private static boolean positive(Duration duration) {
    return duration.isPositive();
  }

  /**
   * 64 MiB queue, 1 GiB spool, generations of 32 MiB or 30 s, written within 20 ms and synced
   * within 1 s.
   */
  public static RecorderOptions defaults() {
    return new RecorderOptions(
        64L << 20,
        1L << 30,
        32 << 20,
        Duration.ofSeconds(30),
        Duration.ofMillis(20),
        Duration.ofSeconds(1));
  }

  /** The same with another bound of the queue. */
  public RecorderOptions withQueueBytes(long bytes) {
    return new RecorderOptions(
        bytes, spoolBytes, generationBytes, generationAge, writeInterval, syncInterval);
  }

  /** The same with another high-water mark of the spool. */
  public RecorderOptions withSpoolBytes(long bytes) {
    return new RecorderOptions(
        queueBytes, bytes, generationBytes, generationAge, writeInterval, syncInterval);
  }

  /** The same with other ends of a generation. */
  public RecorderOptions withGenerations(int bytes, Duration age) {
    return new RecorderOptions(queueBytes, spoolBytes, bytes, age, writeInterval, syncInterval);
  }
}

package dev.blastwall.recorder;

/**
 * What became of a record whose caller waits for the disk. Comes exactly once for each such record.
 */
public sealed interface AppendResult {

  /**
   * The record and all before it in its session are on disk: they survive kill -9 and loss of
   * power.
   *
   * @param sequence the record's number in its session; the first record is 1, the begin is 0
   */
  record Durable(long sequence) implements AppendResult {}

  /**
   * The record is not known to be on disk (it may be: a write can fail after its bytes arrived).
   * What depends on it must not happen.
   *
   * @param why never {@link Admission#ACCEPTED}
   */
  record Refused(Admission why) implements AppendResult {}
}

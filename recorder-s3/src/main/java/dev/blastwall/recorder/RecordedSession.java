package dev.blastwall.recorder;

import java.io.UncheckedIOException;
import java.util.stream.Stream;

/** One session of a recording, with its records. */
public final class RecordedSession {

  private final SessionSummary summary;
  private final ReadSession session;

  RecordedSession(SessionSummary summary, ReadSession session) {
    this.summary = summary;
    this.session = session;
  }

  /** What is known of it as a whole. */
  public SessionSummary summary() {
    return summary;
  }

  /**
   * Its records in order, one segment in memory at a time. Reading failures come out of the stream
   * as {@link UncheckedIOException}.
   */
  public Stream<StoredRecord> records() {
    return session
        .entries()
        .filter(it -> it.kind() == EntryKind.RECORD)
        .map(it -> new StoredRecord(it.sequence(), it.toRecord()));
  }
}

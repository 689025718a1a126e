package dev.blastwall.authoring;

import dev.blastwall.recorder.RecordedSession;
import dev.blastwall.recorder.SessionReader;
import dev.blastwall.recorder.StoredRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The decisions that a recording holds. */
public final class Recordings {

  private final SessionReader reader;

  /** Those in a folder. */
  public Recordings(Path folder) {
    this.reader = new SessionReader(folder);
  }

  /**
   * Hands on every decision since {@code since}, session by session.
   *
   * @return how many records of decisions this version cannot read
   */
  public long forEach(Instant since, Consumer<RecordedDecision> then) throws IOException {
    long unreadable = 0;
    for (RecordedSession session : reader.recorded()) {
      if (session.summary().end().map(end -> end.time().isBefore(since)).orElse(false)) {
        continue;
      }
      SessionTranscript decisions =
          new SessionTranscript(
              session.summary(),
              decision -> {
                if (!decision.asked().isBefore(since)) {
                  then.accept(decision);
                }
              });
      try (Stream<StoredRecord> records = session.records()) {
        records.forEach(record -> decisions.read(record.event()));
      }
      unreadable += decisions.unreadable();
    }
    return unreadable;
  }

  /** The decision of this id. */
  public Optional<RecordedDecision> find(String decisionId) throws IOException {
    Found found = new Found();
    forEach(
        Instant.MIN,
        decision -> {
          if (decision.id().equals(decisionId)) {
            found.decision = Optional.of(decision);
          }
        });
    return found.decision;
  }

  private static final class Found {
    private Optional<RecordedDecision> decision = Optional.empty();
  }
}

package dev.blastwall.authoring;

import dev.blastwall.policy.Decision;
import dev.blastwall.policy.OfflinePolicy;
import java.io.IOException;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Judges recorded traffic again.
 *
 * @param judged decisions that were compared
 * @param changed those that would be others
 * @param unreadable records that this version cannot read; they were not judged
 */
public record Replay(long judged, long changed, long unreadable) {

  /** Against what was decided then. */
  public static Replay of(
      Recordings recordings, Instant since, OfflinePolicy candidate, Consumer<Change> then)
      throws IOException {
    return run(recordings, since, RecordedDecision::decision, candidate, then);
  }

  /** One bundle against another. */
  public static Replay of(
      Recordings recordings,
      Instant since,
      OfflinePolicy before,
      OfflinePolicy candidate,
      Consumer<Change> then)
      throws IOException {
    return run(recordings, since, asked -> before.decide(asked.input()), candidate, then);
  }

  private static Replay run(
      Recordings recordings,
      Instant since,
      Function<RecordedDecision, Decision> before,
      OfflinePolicy candidate,
      Consumer<Change> then)
      throws IOException {
    Counts counts = new Counts();
    long unreadable =
        recordings.forEach(
            since,
            asked -> {
              counts.judged++;
              Change.between(asked, before.apply(asked), candidate.decide(asked.input()))
                  .ifPresent(change -> {
                    counts.changed++;
                    then.accept(change);
                  });
            });
    return new Replay(counts.judged, counts.changed, unreadable);
  }

  private static final class Counts {
    private long judged;
    private long changed;
  }
}

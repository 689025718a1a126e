package dev.blastwall.recorder;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One entry on its way from a session's thread to the writer, with whoever waits for the disk. */
record Task(
    OpenSession session,
    EntryKind kind,
    SessionRecord event,
    @Nullable Consumer<AppendResult> outcome) {

  /**
   * What an entry costs beside its body: frame, chain hash, numbers, id and the objects in the
   * queue.
   */
  private static final int OVERHEAD = 256;

  long cost() {
    return OVERHEAD + event.body().length;
  }

  /**
   * An end is taken whatever the bounds say: a session that could not be closed would stay open for
   * ever.
   */
  boolean bounded() {
    return kind != EntryKind.END;
  }

  void refuse(Admission why) {
    if (outcome != null) {
      session.tell(outcome, new AppendResult.Refused(why));
    }
  }
}

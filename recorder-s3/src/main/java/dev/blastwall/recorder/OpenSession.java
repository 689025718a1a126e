package dev.blastwall.recorder;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session's recording. Its chain belongs to the writer thread, all else to the session's own
 * thread.
 */
final class OpenSession implements SessionRecording {

  private static final Logger LOG = LoggerFactory.getLogger(OpenSession.class);

  private final String id;
  private final Intake intake;
  private final Executor executor;
  private final SessionChain chain;
  private volatile Admission state = Admission.ACCEPTED;

  OpenSession(String id, Intake intake, Executor executor) {
    this.id = id;
    this.intake = intake;
    this.executor = executor;
    this.chain = new SessionChain(id);
  }

  /** The entry that begins the session; its time names the session's folder. */
  Admission begin(byte[] metadata) {
    return intake.offer(
        new Task(this, EntryKind.BEGIN, SessionRecord.now("session.begin", metadata), null));
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Admission append(SessionRecord event) {
    return state == Admission.ACCEPTED
        ? intake.offer(new Task(this, EntryKind.RECORD, event, null))
        : state;
  }

  @Override
  public void append(SessionRecord event, Consumer<AppendResult> outcome) {
    var task = new Task(this, EntryKind.RECORD, event, outcome);
    var admission = state == Admission.ACCEPTED ? intake.offer(task) : state;
    if (admission != Admission.ACCEPTED) {
      task.refuse(admission);
    }
  }

  @Override
  public void close(String reason) {
    if (state == Admission.ACCEPTED) {
      state = Admission.CLOSED;
      intake.offer(new Task(this, EntryKind.END, end(reason), null));
    }
  }

  static SessionRecord end(String reason) {
    return SessionRecord.now("session.end", reason.getBytes(StandardCharsets.UTF_8));
  }

  void refuse(Admission why) {
    state = why;
  }

  Admission state() {
    return state;
  }

  SessionChain chain() {
    return chain;
  }

  /** Tells an outcome on the session's executor; a listener that fails harms nobody but itself. */
  void tell(Consumer<AppendResult> outcome, AppendResult result) {
    try {
      executor.execute(() -> outcome.accept(result));
    } catch (RuntimeException e) {
      LOG.warn("recording: the outcome of a record of session {} could not be told", id, e);
    }
  }
}

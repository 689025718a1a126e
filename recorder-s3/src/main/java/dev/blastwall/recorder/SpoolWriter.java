package dev.blastwall.recorder;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes the spool. What is handed over while it writes or syncs waits in the
 * queue and goes with the next batch: one write and at most one fsync for all. After a failed write
 * or fsync it writes nothing more (pages that could not be synced may be gone although a second
 * fsync succeeds) and refuses everything until the recorder is opened anew.
 */
final class SpoolWriter implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(SpoolWriter.class);
  private static final int BATCH_BYTES = 1 << 20;

  private final RecorderOptions options;
  private final RecordingFolder folder;
  private final Disk disk;
  private final Intake intake;
  private final LedgerWriter ledger;
  private final SealerThread sealer;
  private final Set<OpenSession> begun = new LinkedHashSet<>();
  private final List<Waiting> waiting = new ArrayList<>();
  private @Nullable SpoolFile spool;
  private long spoolSince;
  private long syncedAt;
  private boolean unsynced;

  /** Somebody who is told once the entry with this number is on disk. */
  private record Waiting(OpenSession session, Consumer<AppendResult> outcome, long sequence) {}

  SpoolWriter(
      RecorderOptions options,
      RecordingFolder folder,
      Disk disk,
      Intake intake,
      LedgerWriter ledger,
      SealerThread sealer) {
    this.options = options;
    this.folder = folder;
    this.disk = disk;
    this.intake = intake;
    this.ledger = ledger;
    this.sealer = sealer;
  }

  @Override
  public void run() {
    while (!intake.closing() || !intake.isEmpty()) {
      guarded(this::cycle);
    }
    guarded(this::finish);
    intake.drained();
    sealer.finish();
  }

  private interface Step {
    void run() throws IOException;
  }

  /**
   * Whatever goes wrong, an Error too, must end in refusals and not in a thread that silently is no
   * more.
   */
  private void guarded(Step step) {
    try {
      if (intake.failed()) {
        refuse();
      } else {
        step.run();
      }
    } catch (Throwable e) {
      LOG.error(
          "recording: the spool in {} cannot be written; every record is refused from now on",
          folder.root(),
          e);
      intake.fail("the spool cannot be written: " + e);
      refuse();
    }
  }

  private void refuse() {
    waiting.forEach(
        it -> it.session.tell(it.outcome, new AppendResult.Refused(Admission.UNHEALTHY)));
    waiting.clear();
    intake.refuseAll(Admission.UNHEALTHY);
    if (!intake.closing()) {
      intake.pause();
    }
  }

  private void cycle() throws IOException {
    var took = fill();
    if (spool != null) {
      commit(spool);
      rotateIfDue(spool);
    }
    if (!took) {
      intake.pause();
    }
  }

  /** Takes what is queued, up to a batch; says whether there was anything. */
  private boolean fill() throws IOException {
    for (var task = intake.poll(); task != null; task = room() ? intake.poll() : null) {
      take(task);
    }
    return spool != null && spool.batched() > 0;
  }

  private boolean room() {
    return spool == null || spool.batched() < BATCH_BYTES;
  }

  private void take(Task task) throws IOException {
    var session = task.session();
    if (task.kind() == EntryKind.BEGIN
        && Files.exists(folder.session(session.id(), task.event().time()))) {
      LOG.error(
          "recording: session id {} was used before on this day; its records are refused",
          session.id());
      session.refuse(Admission.DUPLICATE);
    }
    if (session.state() == Admission.DUPLICATE) {
      task.refuse(Admission.DUPLICATE);
      return;
    }
    if (task.outcome() != null) {
      waiting.add(new Waiting(session, task.outcome(), session.chain().next()));
    }
    add(session, task.kind(), task.event());
  }

  private void add(OpenSession session, EntryKind kind, SessionRecord event) throws IOException {
    var file = spool == null ? start() : spool;
    switch (kind) {
      case BEGIN -> {
        begun.add(session);
        file.add(session.chain(), kind, event);
      }
      case RECORD -> file.add(session.chain(), kind, event);
      case END -> {
        begun.remove(session);
        file.add(session.chain(), kind, counted(session, event));
      }
    }
  }

  private static SessionRecord counted(OpenSession session, SessionRecord event) {
    var body = Entry.endBody(session.chain().next() - 1, event.body());
    return new SessionRecord(event.type(), event.time(), event.monotonicNanos(), body);
  }

  /**
   * The first session of a run starts it: a run without sessions leaves no trace that could be cut
   * off unseen.
   */
  private SpoolFile start() throws IOException {
    var file = SpoolFile.create(disk, folder, ledger.generation() + 1);
    ledger.append(file.generation(), new LedgerEntry.Started());
    return use(file);
  }

  private SpoolFile use(SpoolFile file) {
    spool = file;
    spoolSince = System.nanoTime();
    syncedAt = spoolSince;
    return file;
  }

  private void commit(SpoolFile file) throws IOException {
    if (file.batched() > 0) {
      intake.spooled(file.batched());
      file.flush();
      unsynced = true;
    }
    if (!waiting.isEmpty() || (unsynced && since(syncedAt) > options.syncInterval().toNanos())) {
      sync(file);
    }
  }

  private void sync(SpoolFile file) throws IOException {
    file.force();
    unsynced = false;
    syncedAt = System.nanoTime();
    waiting.forEach(it -> it.session.tell(it.outcome, new AppendResult.Durable(it.sequence)));
    waiting.clear();
  }

  private static long since(long nanos) {
    return System.nanoTime() - nanos;
  }

  private void rotateIfDue(SpoolFile file) throws IOException {
    var due =
        file.written() >= options.generationBytes()
            || since(spoolSince) > options.generationAge().toNanos();
    if (due && file.written() > SpoolFile.HEADER_BYTES) {
      sync(file);
      use(SpoolFile.create(disk, folder, file.generation() + 1));
      file.close();
      sealer.seal(file.generation(), false);
    }
  }

  private void finish() throws IOException {
    for (var session : List.copyOf(begun)) {
      session.refuse(Admission.CLOSED);
      add(session, EntryKind.END, OpenSession.end("recorder closed"));
    }
    if (spool != null) {
      commit(spool);
      sync(spool);
      spool.close();
      sealer.seal(spool.generation(), true);
    }
  }
}

package dev.blastwall.recorder;

import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Where event loops hand over and the writer takes: a lock-free queue with a bound in bytes, and
 * the flags that say whether anything is taken at all. Nothing here blocks except {@link #pause},
 * which only the writer calls.
 */
final class Intake {

  /**
   * A buffered record does not wake the writer (that costs the event loop a system call); this many
   * bytes do.
   */
  private static final long WAKE_BYTES = 1 << 20;

  private final RecorderOptions options;
  private final ConcurrentLinkedQueue<Task> queue = new ConcurrentLinkedQueue<>();
  private final AtomicLong queued = new AtomicLong();
  private final AtomicLong unsealed = new AtomicLong();
  private volatile @Nullable Thread writer;
  private volatile @Nullable String fault;
  private volatile @Nullable String sealing;
  private volatile boolean closing;
  private volatile boolean drained;

  Intake(RecorderOptions options) {
    this.options = options;
  }

  Admission offer(Task task) {
    var admission = admission(task);
    if (admission != Admission.ACCEPTED) {
      return admission;
    }
    queue.add(task);
    if (task.outcome() != null || queued.get() > WAKE_BYTES) {
      wake();
    }
    if (drained) {
      refuseAll(Admission.CLOSED);
    }
    return admission;
  }

  private Admission admission(Task task) {
    if (fault != null) {
      return Admission.UNHEALTHY;
    }
    if (closing) {
      return Admission.CLOSED;
    }
    var total = queued.addAndGet(task.cost());
    if (task.bounded() && (total > options.queueBytes() || unsealed.get() > options.spoolBytes())) {
      queued.addAndGet(-task.cost());
      return Admission.FULL;
    }
    return Admission.ACCEPTED;
  }

  boolean congested() {
    return queued.get() > options.queueBytes() / 2;
  }

  @Nullable Task poll() {
    var task = queue.poll();
    if (task != null) {
      queued.addAndGet(-task.cost());
    }
    return task;
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }

  void writer(Thread thread) {
    writer = thread;
  }

  void wake() {
    LockSupport.unpark(writer);
  }

  /** Parks the writer until something urgent comes, at most for the write interval. */
  void pause() {
    LockSupport.parkNanos(this, options.writeInterval().toNanos());
  }

  void refuseAll(Admission why) {
    for (var task = poll(); task != null; task = poll()) {
      task.refuse(why);
    }
  }

  void fail(String why) {
    if (fault == null) {
      fault = why;
    }
    wake();
  }

  boolean failed() {
    return fault != null;
  }

  /** Nothing more is taken. */
  void close() {
    closing = true;
    wake();
  }

  boolean closing() {
    return closing;
  }

  /** The writer takes nothing more: what slipped in between is refused by whoever brought it. */
  void drained() {
    drained = true;
    refuseAll(Admission.CLOSED);
  }

  void spooled(long bytes) {
    unsealed.addAndGet(bytes);
  }

  void sealed(long bytes) {
    unsealed.addAndGet(-bytes);
  }

  void sealing(@Nullable String problem) {
    sealing = problem;
  }

  RecorderStatus status(int openSessions) {
    return new RecorderStatus(
        Optional.ofNullable(fault),
        Optional.ofNullable(sealing),
        openSessions,
        queued.get(),
        unsealed.get());
  }
}

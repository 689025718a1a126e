package dev.blastwall.opa.decisionlog;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The queue between whoever decides and the thread of the log. Handing over takes no lock and never
 * waits; one thread takes.
 */
final class HandOver {
  private final ConcurrentLinkedQueue<Handed> queue = new ConcurrentLinkedQueue<>();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final long maxBytes;
  private volatile @Nullable Thread waiting;
  private volatile boolean ended;

  HandOver(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Hands over, unless too much waits already. Something that is alone may have any size. */
  boolean offer(Handed.Decided handed) {
    long before = bytes.getAndAdd(handed.bytes());
    if (ended || before > 0 && before + handed.bytes() > maxBytes) {
      release(handed);
      refused.incrementAndGet();
      return false;
    }
    queue.add(handed);
    wake();
    return true;
  }

  /** Hands over something that is no event; whether it is not too late for that. */
  boolean mark(Handed.Mark mark) {
    if (ended) {
      return false;
    }
    queue.add(mark);
    wake();
    return true;
  }

  /** Nothing is taken after this. */
  void end() {
    if (!ended) {
      ended = true;
      queue.add(new Handed.End());
      wake();
    }
  }

  private void wake() {
    Thread taker = waiting;
    if (taker != null) {
      LockSupport.unpark(taker);
    }
  }

  /** What was handed over first, if there is anything; it counts until it is released. */
  @Nullable Handed poll() {
    return queue.poll();
  }

  /** Its memory is free again. */
  void release(Handed.Decided handed) {
    bytes.addAndGet(-handed.bytes());
  }

  /** Waits for what was handed over first. */
  Handed take() {
    Handed handed = poll();
    if (handed != null) {
      return handed;
    }
    waiting = Thread.currentThread();
    try {
      // Whoever hands over after this look sees who waits.
      for (handed = poll(); handed == null; handed = poll()) {
        LockSupport.park(this);
      }
      return handed;
    } finally {
      waiting = null;
    }
  }

  /** How many were refused since the last time that somebody asked. */
  long takeRefused() {
    return refused.get() == 0 ? 0 : refused.getAndSet(0);
  }
}

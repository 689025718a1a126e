package dev.blastwall.gateway;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread for what may be late or left out. Event loops leave tasks here without a lock, which
 * those of the JDK's executors take.
 */
final class Aside implements Executor, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Aside.class);

  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final int room;
  private final Thread thread;
  private volatile boolean closed;

  /**
   * A thread that waits for tasks.
   *
   * @param name the thread's
   * @param room how many tasks may wait
   */
  Aside(String name, int room) {
    this.room = room;
    this.thread = Thread.ofPlatform().daemon().name(name).start(this::run);
  }

  /** Takes a task, unless too many wait. */
  @Override
  public void execute(Runnable task) {
    if (waiting.incrementAndGet() > room || closed) {
      waiting.decrementAndGet();
      throw new RejectedExecutionException("too much waits");
    }
    tasks.add(task);
    LockSupport.unpark(thread);
  }

  private void run() {
    while (!closed) {
      Runnable task = tasks.poll();
      if (task == null) {
        LockSupport.park(this);
      } else {
        waiting.decrementAndGet();
        run(task);
      }
    }
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      log.error("a task failed that nobody waits for", e);
    }
  }

  /** What waits is of no use to a gateway that stops. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}

package dev.blastwall.protocol.sql;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * The threads that read SQL, one parser each. A bounded queue stands before them; a text that does
 * not fit, or takes too long, is not understood.
 */
final class ReaderPool implements AutoCloseable {

  private static final int QUEUE = 1024;
  // An expression's depth is the depth of the stack, in the parser and in the description.
  private static final long STACK_BYTES = 32L << 20;

  private final Duration timeout;
  private final ThreadPoolExecutor workers;
  private final ScheduledExecutorService clock;
  private final AtomicInteger threads = new AtomicInteger();
  private final ThreadLocal<SqlReader> reader = ThreadLocal.withInitial(SqlReader::new);

  ReaderPool(int size, Duration timeout) {
    this.timeout = timeout;
    workers =
        new ThreadPoolExecutor(
            size, size, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE), this::thread);
    clock = Executors.newSingleThreadScheduledExecutor(this::clockThread);
    workers.prestartCoreThread();
  }

  /** Reads {@code text}; {@code then} gets the answer exactly once, on whatever thread has it. */
  void read(String text, Consumer<Reading> then) {
    AtomicBoolean answered = new AtomicBoolean();
    Consumer<Reading> once =
        reading -> {
          if (answered.compareAndSet(false, true)) {
            then.accept(reading);
          }
        };
    try {
      Future<?> work = workers.submit(() -> once.accept(reader.get().read(text)));
      expire(work, once);
    } catch (RejectedExecutionException e) {
      once.accept(Reading.failed("the gateway has no time to read the text; try again later"));
    }
  }

  private void expire(Future<?> work, Consumer<Reading> once) {
    ScheduledFuture<?> unused =
        clock.schedule(
            () -> {
              // The parser notices the interrupt, and its instance is thrown away.
              if (work.cancel(true)) {
                once.accept(Reading.failed("reading the text took too long"));
              }
            },
            timeout.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  private Thread thread(Runnable loop) {
    Runnable warm =
        () -> {
          reader.get().warmUp();
          loop.run();
        };
    Thread thread = new Thread(null, warm, "sql-reader-" + threads.incrementAndGet(), STACK_BYTES);
    thread.setDaemon(true);
    return thread;
  }

  private Thread clockThread(Runnable loop) {
    Thread thread = new Thread(loop, "sql-reader-clock");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() {
    workers.shutdownNow();
    clock.shutdownNow();
  }
}

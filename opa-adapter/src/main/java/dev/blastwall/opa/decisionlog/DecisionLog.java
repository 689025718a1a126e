package dev.blastwall.opa.decisionlog;

import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.decisionlog.DecisionLogListener.Trouble;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A log of decisions. Thread-safe. */
public final class DecisionLog implements AutoCloseable {
  /** How much may wait for the thread of the log, in bytes of memory, roughly. */
  private static final long QUEUE = 64L << 20;

  /** How many events go to disk together, at most. */
  private static final int TOGETHER = 512;

  private final HandOver handOver;
  private final List<Handed.Decided> pending = new ArrayList<>();
  private final List<DecisionSink> sinks;
  private final DecisionLogListener listener;
  private final @Nullable Spool spool;
  private final @Nullable Uploader uploader;
  private final Formatter formatter;
  private final Thread thread;

  /**
   * Opens a log; what an earlier one left in the spool is uploaded as well.
   *
   * @param labels of each event: at least what this program is, and which of them
   * @param sinks where events go at once
   * @param service where events are uploaded to, if they are
   * @throws IOException when the spool or the certificates of the service cannot be used
   */
  public DecisionLog(
      Map<String, String> labels,
      List<DecisionSink> sinks,
      Optional<LogService> service,
      DecisionLogListener listener)
      throws IOException {
    this(labels, sinks, service, listener, QUEUE);
  }

  DecisionLog(
      Map<String, String> labels,
      List<DecisionSink> sinks,
      Optional<LogService> service,
      DecisionLogListener listener,
      long queue)
      throws IOException {
    this.handOver = new HandOver(queue);
    this.sinks = List.copyOf(sinks);
    this.listener = listener;
    this.spool = service.isPresent() ? spool(service.get()) : null;
    this.uploader = spool == null ? null : uploader(service.orElseThrow(), spool, listener);
    this.formatter =
        new Formatter(
            ObjectValue.ofStrings(labels),
            spool == null ? Long.MAX_VALUE : spool.maxLine(),
            listener);
    this.thread = Thread.ofPlatform().daemon().name("decision-log").start(this::run);
  }

  private static Spool spool(LogService service) throws IOException {
    return new Spool(service.spool(), service.spoolLimit());
  }

  private static Uploader uploader(LogService service, Spool spool, DecisionLogListener listener)
      throws IOException {
    try {
      return new Uploader(service, spool, listener);
    } catch (IOException e) {
      spool.close();
      throw e;
    }
  }

  /**
   * Logs a decision. Never waits: what has to be done is done on a thread of the log.
   *
   * @param policy says what of it must not stand in the log; that of the bundle that decided
   * @return whether it was taken; if not, too much waits already
   */
  public boolean log(DecisionEvent event, LogPolicy policy) {
    return handOver.offer(Handed.Decided.of(event, policy));
  }

  /** Waits until what was logged before stands in the spool and was given to the sinks. */
  public void flush() throws InterruptedException {
    CountDownLatch reached = new CountDownLatch(1);
    if (handOver.mark(new Handed.Mark(reached::countDown))) {
      reached.await();
    }
  }

  private void run() {
    try {
      while (step()) {
        reportRefused();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Takes what was handed over next; whether the log goes on. */
  private boolean step() throws InterruptedException {
    Handed next = pending.isEmpty() ? handOver.take() : handOver.poll();
    switch (next) {
      case null -> writePending();
      case Handed.Decided decided -> {
        pending.add(decided);
        if (pending.size() == TOGETHER) {
          writePending();
        }
      }
      case Handed.Mark mark -> {
        writePending();
        mark.reached().run();
      }
      case Handed.End end -> {
        writePending();
        return false;
      }
    }
    return true;
  }

  private void reportRefused() {
    long refused = handOver.takeRefused();
    if (refused > 0) {
      listener.trouble(Trouble.QUEUE_FULL, refused, "");
    }
  }

  private void writePending() throws InterruptedException {
    try {
      List<byte[]> lines = formatter.lines(pending);
      if (!lines.isEmpty()) {
        write(lines);
      }
    } catch (RuntimeException | StackOverflowError e) {
      listener.trouble(Trouble.DEFECT, pending.size(), e.toString());
    } finally {
      pending.forEach(handOver::release);
      pending.clear();
    }
  }

  private void write(List<byte[]> lines) {
    if (spool != null && uploader != null) {
      spool(lines, spool, uploader);
    }
    sinks.forEach(sink -> give(lines, sink));
    listener.logged(lines.size());
  }

  private void spool(List<byte[]> lines, Spool to, Uploader uploads) {
    try {
      long lost = to.append(lines);
      if (lost > 0) {
        listener.trouble(Trouble.SPOOL_FULL, lost, "");
      }
      if (to.isFilling()) {
        uploads.hurry();
      }
    } catch (IOException e) {
      listener.trouble(Trouble.SPOOL_FAILED, lines.size(), e.toString());
    }
  }

  private void give(List<byte[]> lines, DecisionSink sink) {
    try {
      sink.write(lines);
    } catch (IOException | RuntimeException e) {
      listener.trouble(Trouble.SINK_FAILED, lines.size(), e.toString());
    }
  }

  /**
   * Writes what was logged before, uploads what can be uploaded within a few seconds, and leaves
   * the rest in the spool for the next log.
   */
  @Override
  public void close() throws IOException {
    handOver.end();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (spool != null && uploader != null) {
      uploader.close();
      spool.close();
    }
  }
}

package dev.blastwall.opa.decisionlog;

import dev.blastwall.opa.decisionlog.DecisionLogListener.Trouble;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Uploads what is in the spool, on a virtual thread of its own, for as long as it takes. */
final class Uploader implements AutoCloseable {
  /**
   * How long the last upload may take when the log is closed; the rest waits for the next start.
   */
  private static final Duration LAST = Duration.ofSeconds(5);

  private final Spool spool;
  private final ServiceClient client;
  private final Reporting reporting;
  private final BatchEncoder encoder;
  private final DecisionLogListener listener;
  private final Semaphore wakeUps = new Semaphore(0);
  private final Thread thread;
  private volatile boolean closing;
  private volatile boolean failing;

  Uploader(LogService service, Spool spool, DecisionLogListener listener) throws IOException {
    this.spool = spool;
    this.client = new ServiceClient(service);
    this.reporting = service.reporting();
    this.encoder = new BatchEncoder(reporting.uploadLimit());
    this.listener = listener;
    this.thread = Thread.ofVirtual().name("decision-log-upload").start(this::run);
  }

  private void run() {
    int failures = 0;
    try {
      while (!closing) {
        failures = uploadAll() ? 0 : failures + 1;
        failing = failures > 0;
        pause(failing ? reporting.delayAfter(failures - 1) : reporting.delay());
      }
      uploadAll();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void pause(Duration delay) throws InterruptedException {
    if (wakeUps.tryAcquire(delay.toNanos(), TimeUnit.NANOSECONDS)) {
      wakeUps.drainPermits();
    }
  }

  /** Does not wait for the next time; but a service that does not answer is not hurried. */
  void hurry() {
    if (!failing) {
      wakeUps.release();
    }
  }

  /** Uploads what is in the spool by now; whether the service took all of it. */
  private boolean uploadAll() throws InterruptedException {
    try {
      for (long left = spool.events(); left > 0; ) {
        Chunk chunk = spool.oldest(encoder.wanted());
        left = chunk.events() == 0 ? 0 : left - upload(chunk);
      }
      return true;
    } catch (IOException e) {
      listener.trouble(Trouble.UPLOAD_FAILED, spool.events(), String.valueOf(e.getMessage()));
      return false;
    }
  }

  /** Uploads the first of these events; how many. */
  private int upload(Chunk chunk) throws IOException, InterruptedException {
    BatchEncoder.Batch batch = encoder.encode(chunk.lines());
    client.post(batch.body());
    spool.forget(chunk.first(batch.events()));
    if (batch.reduced()) {
      listener.trouble(Trouble.TOO_LARGE, batch.events(), "");
    }
    listener.uploaded(batch.events());
    return batch.events();
  }

  @Override
  public void close() {
    closing = true;
    wakeUps.release();
    try {
      if (!thread.join(LAST)) {
        thread.interrupt();
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      client.close();
    }
  }
}

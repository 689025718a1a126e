package dev.blastwall.opa.bundle;

import dev.blastwall.opa.BundleException;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Keeps one bundle current, on a thread of its own. */
final class BundleLoop implements AutoCloseable {
  private static final Duration STOPPING = Duration.ofSeconds(10);

  private final BundleConfig config;
  private final Fetcher fetcher;
  private final BundleReader reader;
  private final Activation activation;
  private final LastGood lastGood;
  private final BundleListener listener;
  private final StatusTracker status;
  private final Semaphore wake = new Semaphore(0);
  private final CountDownLatch firstAttempt = new CountDownLatch(1);
  private final Thread thread;
  private volatile boolean closed;

  /** What the other side knows the active bundle by. */
  private @Nullable String etag;

  private boolean longPolling;
  private int failures;

  BundleLoop(BundleConfig config, Activation activation, LastGood lastGood, BundleListener listener)
      throws IOException {
    this.config = config;
    this.fetcher = Fetchers.of(config.source(), config.verification(), config.limits());
    this.reader = new BundleReader(config.limits(), config.verification());
    this.activation = activation;
    this.lastGood = lastGood;
    this.listener = listener;
    this.status = new StatusTracker(config.name(), InstantSource.system());
    this.longPolling = config.polling().longPollingTimeout().isPresent();
    this.thread = Thread.ofPlatform().daemon().name("bundle-" + config.name()).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Looks now instead of later. */
  void trigger() {
    wake.release();
  }

  /** Waits until the source was asked once, and the disk where that came to nothing. */
  void awaitFirstAttempt() throws InterruptedException {
    firstAttempt.await();
  }

  BundleStatus status() {
    return status.get();
  }

  private void run() {
    try {
      watch();
      if (!attempt()) {
        recover();
      }
      firstAttempt.countDown();
      while (!closed) {
        rest();
        attempt();
      }
    } catch (InterruptedException e) {
      // Closed.
    } finally {
      firstAttempt.countDown();
    }
  }

  /** Before the first look, so that nothing is missed in between. */
  private void watch() {
    try {
      fetcher.watch(this::trigger);
    } catch (IOException e) {
      refuse(new FetchException(config.source() + " cannot be watched: " + e, e));
    }
  }

  private void rest() throws InterruptedException {
    boolean asksAtOnce = failures == 0 && waiting().isPresent();
    Duration delay =
        failures > 0 ? config.polling().delayAfter(failures) : config.polling().delay();
    if (!asksAtOnce && wake.tryAcquire(delay.toNanos(), TimeUnit.NANOSECONDS)) {
      wake.drainPermits();
    }
  }

  private Optional<Duration> waiting() {
    return longPolling && etag != null ? config.polling().longPollingTimeout() : Optional.empty();
  }

  /** Whether the source has, or now had, what is active. */
  private boolean attempt() throws InterruptedException {
    status.requested();
    try {
      Fetcher.Fetched fetched = fetcher.fetch(etag, waiting());
      status.answered();
      switch (fetched) {
        case Fetcher.Fetched.Unchanged() -> status.settled();
        case Fetcher.Fetched.Archive archive -> take(archive);
      }
      failures = 0;
      return true;
    } catch (IOException | BundleException e) {
      refuse(e);
    } catch (RuntimeException e) {
      refuse(new BundleException("the bundle could not be handled: " + e, e));
    }
    failures++;
    return false;
  }

  private void refuse(Exception cause) {
    if (!closed) {
      status.failed(cause);
      listener.refused(status.get());
    }
  }

  private void take(Fetcher.Fetched.Archive archive) throws BundleException {
    longPolling = archive.longPolling() && config.polling().longPollingTimeout().isPresent();
    BundleContent content = activate(archive.bytes());
    status.settled();
    etag = archive.etag();
    listener.activated(status.get());
    switch (content) {
      case BundleContent.Snapshot snapshot -> keep(archive.bytes());
      case BundleContent.Delta delta -> {
        // Of no use without the bundle that it changes, which is kept.
      }
    }
  }

  private BundleContent activate(byte[] archive) throws BundleException {
    long start = System.nanoTime();
    BundleContent content = reader.read(archive);
    status.read(content.type(), archive.length);
    String revision = activation.offer(config.name(), content);
    status.activated(revision, Duration.ofNanos(System.nanoTime() - start));
    return content;
  }

  private void keep(byte[] archive) {
    try {
      lastGood.keep(config.name(), archive);
    } catch (IOException e) {
      listener.notKept(config.name(), e);
    }
  }

  /** Begins with what was active when the program ended. */
  private void recover() {
    try {
      Optional<byte[]> kept = lastGood.find(config.name());
      if (kept.isPresent()) {
        activate(kept.get());
        listener.activated(status.get());
      }
    } catch (IOException | BundleException e) {
      // Why the source's own could not be had says more.
      listener.notKept(
          config.name(), new IOException("the bundle kept on disk: " + e.getMessage(), e));
    }
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    thread.interrupt();
    fetcher.close();
    thread.join(STOPPING);
  }
}

package dev.blastwall.opa.sidecar;

import dev.blastwall.opa.Bundle;
import dev.blastwall.opa.BundleException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An OPA for one bundle, kept running by a thread of its own: asked whether it is well, and started
 * again when it has ended or answers nothing. All that it is made of belongs to that thread; told
 * to end, it is interrupted.
 */
final class SupervisedOpa implements AutoCloseable {
  private static final Duration GLANCE = Duration.ofMillis(10);

  private final Path program;
  private final String revision;
  private final BundleFolder folder;
  private final Supervision supervision;
  private final SidecarListener listener;
  private final SidecarEngine engine;
  private final Thread thread;
  private final CompletableFuture<Void> firstAnswer = new CompletableFuture<>();
  private @Nullable OpaProcess process;
  private Duration delay;

  /**
   * Begins to start one.
   *
   * @throws BundleException when the bundle cannot be given to it
   */
  SupervisedOpa(
      Path program,
      Bundle bundle,
      SidecarOptions options,
      Supervision supervision,
      SidecarListener listener)
      throws BundleException {
    this.program = program;
    this.revision = bundle.revision();
    this.folder = BundleFolder.write(bundle);
    this.supervision = supervision;
    this.delay = supervision.firstDelay();
    this.listener = listener;
    Duration lingering = options.timeout().multipliedBy(2);
    this.engine =
        new SidecarEngine(
            new OpaAddress.UnixSocket(folder.socket()), options, false, () -> endAfter(lingering));
    this.thread = Thread.ofPlatform().daemon().name("opa-supervisor").unstarted(this::supervise);
    thread.start();
  }

  /**
   * The engine, once it answers.
   *
   * @throws BundleException when it does not; the message says why
   */
  SidecarEngine await() throws BundleException {
    try {
      firstAnswer.get();
      return engine;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BundleException("stopped while OPA was started", e);
    } catch (ExecutionException e) {
      throw new BundleException(
          String.valueOf(Objects.requireNonNull(e.getCause()).getMessage()), e);
    }
  }

  private void endAfter(Duration time) {
    CompletableFuture.delayedExecutor(time.toNanos(), TimeUnit.NANOSECONDS)
        .execute(thread::interrupt);
  }

  boolean isOver() {
    return !thread.isAlive();
  }

  private void supervise() {
    try {
      startFirst();
      while (true) {
        watch();
        startAgain();
      }
    } catch (InterruptedException e) {
      firstAnswer.completeExceptionally(new BundleException("OPA was ended while it started"));
    } catch (BundleException e) {
      firstAnswer.completeExceptionally(e);
    } finally {
      endProcess();
      engine.close();
      folder.close();
    }
  }

  private void startFirst() throws BundleException, InterruptedException {
    try {
      OpaProcess started = start();
      if (!awaitAnswer(started)) {
        throw new BundleException("OPA did not start with the bundle: " + output(started));
      }
    } catch (IOException e) {
      throw new BundleException(
          "OPA cannot be started: " + e.getMessage() + "; install it, or say where it is", e);
    }
    firstAnswer.complete(null);
  }

  private OpaProcess start() throws IOException {
    OpaProcess started = OpaProcess.start(program, folder);
    process = started;
    return started;
  }

  private boolean awaitAnswer(OpaProcess started) throws InterruptedException {
    long end = System.nanoTime() + supervision.start().toNanos();
    while (System.nanoTime() - end < 0) {
      if (engine.isHealthy()) {
        engine.recovered();
        listener.started(revision, started.pid());
        return true;
      }
      if (started.awaitEnd(GLANCE)) {
        return false;
      }
    }
    return false;
  }

  /** Returns when it has ended, or answers nothing. */
  private void watch() throws InterruptedException {
    OpaProcess watched = process;
    if (watched == null) {
      return;
    }
    long since = System.nanoTime();
    int missed = 0;
    while (missed < supervision.misses() && !watched.awaitEnd(supervision.interval())) {
      missed = engine.isHealthy() ? 0 : missed + 1;
    }
    if (System.nanoTime() - since > supervision.lastDelay().toNanos()) {
      delay = supervision.firstDelay();
    }
    if (watched.isAlive()) {
      listener.hung(revision, watched.pid());
    } else {
      listener.died(revision, watched.pid(), output(watched));
    }
  }

  private void startAgain() throws InterruptedException {
    endProcess();
    TimeUnit.NANOSECONDS.sleep(delay.toNanos());
    delay = supervision.after(delay);
    try {
      awaitAnswer(start());
    } catch (IOException e) {
      listener.died(revision, -1, String.valueOf(e.getMessage()));
    }
  }

  private String output(OpaProcess of) throws InterruptedException {
    return of.output().replace(folder.bundle() + "/", "");
  }

  private void endProcess() {
    OpaProcess ended = process;
    process = null;
    if (ended != null) {
      ended.end();
    }
  }

  /** Ends it and waits for that. */
  @Override
  public void close() {
    thread.interrupt();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

package dev.blastwall.opa.sidecar;

import dev.blastwall.opa.Evaluation;
import dev.blastwall.opa.PolicyEngine;
import dev.blastwall.opa.PolicyException;
import dev.blastwall.opa.Value;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Asks a real OPA. Whoever asks never waits: the answer comes on a thread of the engine's own, at
 * the latest when the time-out is over.
 *
 * <p>Questions are taken in the order in which they came, each with the same time. So when one is
 * taken, or given up, all before it have been, and none waits for longer than its own time.
 */
public final class SidecarEngine implements PolicyEngine, AutoCloseable {
  private static final int FAILURES = 5;

  private final SidecarOptions options;
  private final OpaClient client;
  private final CircuitBreaker breaker;
  private final ThreadPoolExecutor workers;
  private final Runnable retirement;

  /** An engine that asks an OPA which runs already, with bundles that it loads itself. */
  public SidecarEngine(OpaAddress address, SidecarOptions options) {
    this(address, options, true, () -> {});
  }

  /**
   * An engine that asks an OPA.
   *
   * @param provenance whether its bundles are its own, so that only it can say which ones answer
   * @param retirement what to do when nobody will ask any more
   */
  SidecarEngine(
      OpaAddress address, SidecarOptions options, boolean provenance, Runnable retirement) {
    this.options = options;
    this.client = new OpaClient(address, options.connections(), provenance);
    this.breaker = new CircuitBreaker(FAILURES, options.timeout().toNanos(), System::nanoTime);
    this.workers =
        new ThreadPoolExecutor(
            options.connections(),
            options.connections(),
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(options.queue()),
            Thread.ofPlatform().daemon().name("opa-", 0).factory());
    // An event loop that asks should not have to start a thread.
    workers.prestartAllCoreThreads();
    this.retirement = retirement;
  }

  @Override
  public void evaluate(String entrypoint, Value input, Consumer<Evaluation> then) {
    long deadline = System.nanoTime() + options.timeout().toNanos();
    try {
      workers.execute(() -> then.accept(ask(entrypoint, input, deadline)));
    } catch (RejectedExecutionException e) {
      then.accept(
          workers.isShutdown()
              ? closed()
              : unavailable("has too much to do: " + options.queue() + " questions wait for it"));
    }
  }

  private Evaluation ask(String entrypoint, Value input, long deadline) {
    long left = deadline - System.nanoTime();
    if (left <= 0) {
      return late();
    }
    if (workers.isShutdown()) {
      return closed();
    }
    if (!breaker.permits()) {
      return unavailable("gave no answer several times; it is tried again in a moment");
    }
    try {
      Evaluation evaluation = Answers.read(client.evaluate(entrypoint, input, left));
      breaker.succeeded();
      return evaluation;
    } catch (InterruptedIOException e) {
      breaker.failed();
      return late();
    } catch (ConnectException e) {
      breaker.failed();
      return unavailable("accepts no connection; is it running?");
    } catch (IOException e) {
      breaker.failed();
      return unavailable("gave no usable answer: " + e.getMessage());
    } catch (RuntimeException | StackOverflowError e) {
      return new Evaluation.Failed(new PolicyException.EngineFault("the engine failed: " + e, e));
    }
  }

  private Evaluation late() {
    return new Evaluation.Failed(
        new PolicyException.TimedOut(
            "OPA gave no answer within " + options.timeout().toMillis() + " ms"));
  }

  private static Evaluation closed() {
    return unavailable("is not asked any more, because the program ends");
  }

  private static Evaluation unavailable(String what) {
    return new Evaluation.Failed(new PolicyException.Unavailable("OPA " + what));
  }

  /** Whether OPA answers and has its bundles. Blocks for at most the time-out. */
  public boolean isHealthy() {
    return client.isHealthy(options.timeout());
  }

  /** It is known to be there again. */
  void recovered() {
    breaker.succeeded();
  }

  @Override
  public void retire() {
    retirement.run();
  }

  /** Answers what waits with an error and lets go of all connections. */
  @Override
  public void close() {
    workers.shutdownNow().forEach(Runnable::run);
    client.close();
  }
}

package dev.blastwall.protocol;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/**
 * Lets messages through one at a time and in order, while some of them wait for an answer.
 *
 * <p>A held command pauses dispatch, not reading: hang-ups, cancels and keepalives still arrive. So
 * messages that come while the turnstile is closed queue up; when they weigh more than {@code
 * limit}, the source is asked to stop reading, and to go on once half of them are gone.
 *
 * <p>Belongs to one event loop; not thread-safe.
 *
 * @param <M> the messages
 */
public final class Turnstile<M> {

  private final Queue<M> waiting = new ArrayDeque<>();
  private final Consumer<M> handler;
  private final ToIntFunction<M> weigher;
  private final int limit;
  private final Consumer<Boolean> reading;
  private int weight;
  private int closings;
  private boolean dispatching;
  private boolean paused;

  /**
   * A turnstile that is open.
   *
   * @param handler gets each message in turn; it may {@link #close} the turnstile
   * @param weigher bytes that a waiting message holds
   * @param limit bytes that may wait before the source is asked to stop
   * @param reading told false to stop reading the source, true to go on
   */
  public Turnstile(
      Consumer<M> handler, ToIntFunction<M> weigher, int limit, Consumer<Boolean> reading) {
    this.handler = handler;
    this.weigher = weigher;
    this.limit = limit;
    this.reading = reading;
  }

  /** Passes {@code message} on, now or in its turn. */
  public void offer(M message) {
    if (closings == 0 && !dispatching && waiting.isEmpty()) {
      dispatch(message);
      drain();
      return;
    }
    waiting.add(message);
    weight += weigher.applyAsInt(message);
    if (weight > limit && !paused) {
      paused = true;
      reading.accept(false);
    }
  }

  /** Lets nothing more through until as many {@link #open} calls follow. */
  public void close() {
    closings++;
  }

  /** Undoes one {@link #close}; what waited goes through now. */
  public void open() {
    if (closings == 0) {
      throw new IllegalStateException("the turnstile is open");
    }
    closings--;
    drain();
  }

  /** Whether messages wait for an answer now. */
  public boolean isClosed() {
    return closings > 0;
  }

  /** Gives every waiting message to {@code disposer}, for the end of a connection. */
  public void clear(Consumer<M> disposer) {
    waiting.forEach(disposer);
    waiting.clear();
    weight = 0;
  }

  private void drain() {
    // A handler that answers at once opens the turnstile while its own dispatch is still running.
    while (!dispatching && closings == 0 && !waiting.isEmpty()) {
      M next = waiting.remove();
      weight -= weigher.applyAsInt(next);
      dispatch(next);
    }
    if (paused && weight <= limit / 2) {
      paused = false;
      reading.accept(true);
    }
  }

  private void dispatch(M message) {
    dispatching = true;
    try {
      handler.accept(message);
    } finally {
      dispatching = false;
    }
  }
}

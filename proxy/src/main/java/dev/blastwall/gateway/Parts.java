package dev.blastwall.gateway;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was started, so that it stops in the opposite order. Thread-safe: a signal may stop what is
 * still starting, and then what is added later stops at once.
 */
public final class Parts implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Parts.class);

  private final Deque<AutoCloseable> started = new ArrayDeque<>();

  private boolean closed;

  /** Remembers {@code part}, which was started just now. */
  public synchronized <T extends AutoCloseable> T add(T part) {
    if (closed) {
      stop(part);
      throw new IllegalStateException("told to stop while starting");
    }
    started.push(part);
    return part;
  }

  /** Stops every part; one that fails to stop does not keep the others running. */
  @Override
  public synchronized void close() {
    closed = true;
    while (!started.isEmpty()) {
      stop(started.pop());
    }
  }

  private static void stop(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      log.warn("a part did not stop cleanly, part={}", part.getClass().getSimpleName(), e);
    }
  }
}

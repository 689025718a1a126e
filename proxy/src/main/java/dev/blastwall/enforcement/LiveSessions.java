package dev.blastwall.enforcement;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The sessions that are open, so that policy can be asked again whether they may be. Thread-safe.
 *
 * <p>Each session is asked about on its own event loop. One virtual thread goes from session to
 * session and waits for answers, so that a loop never has more than a handful of these questions
 * between the bytes of its clients, however many sessions there are.
 */
public final class LiveSessions {

  /** Questions without an answer at a time, on all event loops together. */
  private static final int AT_A_TIME = 32;

  private final Set<SessionLife> sessions = ConcurrentHashMap.newKeySet();
  private final ReentrantLock oneAtATime = new ReentrantLock();

  /** Another policy came in: ends the sessions that it does not let be. Returns at once. */
  public void policyChanged() {
    Thread.ofVirtual().name("session-review").start(this::review);
  }

  private void review() {
    oneAtATime.lock();
    try {
      Semaphore free = new Semaphore(AT_A_TIME);
      for (SessionLife session : sessions) {
        free.acquire();
        session.review(free::release);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody knows this thread", e);
    } finally {
      oneAtATime.unlock();
    }
  }

  /** A policy that comes in after this asks about {@code session}, too. */
  void add(SessionLife session) {
    sessions.add(session);
  }

  void remove(SessionLife session) {
    sessions.remove(session);
  }
}

package dev.blastwall.opa.decisionlog;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Remembers what a log says about its events. */
final class Heard implements DecisionLogListener {
  private final BlockingQueue<Said> troubles = new LinkedBlockingQueue<>();

  private record Said(Trouble trouble, long events) {}

  @Override
  public void trouble(Trouble trouble, long events, String detail) {
    troubles.add(new Said(trouble, events));
  }

  /** Waits until this was said of so many events, all in all. */
  void await(Trouble trouble, long events) throws InterruptedException {
    for (long left = events; left > 0; ) {
      Said said = troubles.poll(120, TimeUnit.SECONDS);
      if (said == null) {
        throw new AssertionError(trouble + " was not said");
      }
      left -= said.trouble == trouble ? said.events : 0;
    }
  }
}

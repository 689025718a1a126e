package dev.blastwall.opa.decisionlog;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Remembers what a log says about its events. */
final class Heard implements DecisionLogListener {
  private final BlockingQueue<String> troubles = new LinkedBlockingQueue<>();

  @Override
  public void trouble(Trouble trouble, long events, String detail) {
    troubles.add(trouble + " " + events);
  }

  /** Waits until this was said. */
  void await(String trouble) throws InterruptedException {
    for (String said = next(); !said.equals(trouble); ) {
      said = next();
    }
  }

  private String next() throws InterruptedException {
    String said = troubles.poll(120, TimeUnit.SECONDS);
    if (said == null) {
      throw new AssertionError("this was not said");
    }
    return said;
  }
}

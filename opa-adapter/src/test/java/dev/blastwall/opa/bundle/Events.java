package dev.blastwall.opa.bundle;

import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What a listener heard, one after the other. */
final class Events implements BundleListener {
  private static final int SECONDS = 120;

  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

  @Override
  public void activated(BundleStatus status) {
    heard.add("activated " + status.name() + " " + status.activeRevision());
  }

  @Override
  public void refused(BundleStatus status) {
    heard.add("refused " + status.name() + " " + status.error().orElseThrow().message());
  }

  @Override
  public void notKept(String name, IOException cause) {
    heard.add("not kept " + name + " " + cause.getMessage());
  }

  /** Waits for something that begins like this; what came before it is forgotten. */
  String await(String beginning) throws InterruptedException {
    while (true) {
      String event = heard.poll(SECONDS, TimeUnit.SECONDS);
      if (event == null) {
        throw new AssertionError("did not happen: " + beginning);
      }
      if (event.startsWith(beginning)) {
        return event;
      }
    }
  }

  /** Forgets everything so far. */
  void clear() {
    heard.clear();
  }
}

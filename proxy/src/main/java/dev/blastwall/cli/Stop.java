package dev.blastwall.cli;

import java.util.concurrent.CountDownLatch;

/** The end of a process that runs until it is told to stop (Ctrl-C, SIGTERM). */
final class Stop {

  private Stop() {}

  /** Runs {@code cleanUp} when the process is told to stop, and at its ordinary end. */
  static void then(Runnable cleanUp) {
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(cleanUp));
  }

  /** Waits; the process ends here. */
  static void await() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

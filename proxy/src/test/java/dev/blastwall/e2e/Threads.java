package dev.blastwall.e2e;

import java.util.concurrent.Executor;

/** Where tests wait: not in the common pool, which has one thread on two cores. */
final class Threads {

  static final Executor VIRTUAL = Thread::startVirtualThread;

  private Threads() {}
}

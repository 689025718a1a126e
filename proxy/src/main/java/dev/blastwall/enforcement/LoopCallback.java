package dev.blastwall.enforcement;

import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Brings an answer home to the session's event loop: at once when it comes on the thread that
 * asked, which is the loop; as a task of the loop otherwise.
 */
final class LoopCallback {

  private LoopCallback() {}

  static <T> Consumer<T> on(Executor loop, Consumer<T> then) {
    Thread asking = Thread.currentThread();
    return answer -> {
      if (Thread.currentThread() == asking) {
        then.accept(answer);
      } else {
        loop.execute(() -> then.accept(answer));
      }
    };
  }
}

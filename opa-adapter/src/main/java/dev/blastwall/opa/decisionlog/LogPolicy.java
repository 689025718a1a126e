package dev.blastwall.opa.decisionlog;

import dev.blastwall.opa.ObjectValue;
import java.util.function.Consumer;

/** Says what must not stand in the log. */
@FunctionalInterface
public interface LogPolicy {
  /** Everything may. */
  LogPolicy EVERYTHING = (event, then) -> then.accept(LogVerdict.ALL);

  /**
   * Judges an event, on a thread of the log.
   *
   * @param event in OPA's format, whole
   * @param then gets the verdict exactly once: before this method returns, or later on another
   *     thread
   */
  void judge(ObjectValue event, Consumer<LogVerdict> then);

  /** Asks another one as well; the stricter verdict holds. */
  default LogPolicy and(LogPolicy other) {
    return (event, then) ->
        judge(event, first -> other.judge(event, second -> then.accept(first.and(second))));
  }
}

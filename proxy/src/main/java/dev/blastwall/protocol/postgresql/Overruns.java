package dev.blastwall.protocol.postgresql;

import dev.blastwall.command.Limits;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Stops commands whose answer is longer, or takes longer, than policy lets through. The upstream is
 * asked to cancel them; that is no command of the client's, so nothing else may be hit by it.
 */
final class Overruns {

  private final PostgresqlSession session;
  private final Conversation conversation;

  Overruns(PostgresqlSession session, Conversation conversation) {
    this.session = session;
    this.conversation = conversation;
  }

  /** A command went upstream: its time begins. */
  void started(Expected command, Running running) {
    Limits limits = running.judged().forward().limits();
    if (!limits.limitsNoTime()) {
      long millis = limits.duration().toMillis();
      Future<?> unused =
          session
              .clientChannel()
              .eventLoop()
              .schedule(
                  () -> session.guarded(() -> timeIsUp(command, running)),
                  millis,
                  TimeUnit.MILLISECONDS);
    }
  }

  private void timeIsUp(Expected command, Running running) {
    if (conversation.isNextCommand(command)) {
      running.failWith(PostgresqlReplies.tooLong(running.judged().forward()));
      session.commands().stopUpstream();
    } else if (conversation.holds(command)) {
      // It waits behind others of a pipeline, which may take as long as they like.
      started(command, running);
    }
  }

  /** The rest of a command's answer is not shown. Behind it in a pipeline, it is still sent. */
  void cut(Running running) {
    running.failWith(PostgresqlReplies.tooMuch(running.judged().forward()));
    if (conversation.hasOneCommand()) {
      session.commands().stopUpstream();
    }
  }
}

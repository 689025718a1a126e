package dev.blastwall.protocol.postgresql;

import dev.blastwall.protocol.Turnstile;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a session: its messages in turn, while some of them wait for an answer. A
 * message that breaks the protocol ends the session; the handler must find that out before it
 * passes the message on.
 */
final class Lane {

  /** Bytes that may wait while an answer is awaited, before the sender is no longer read. */
  private static final int WAITING_BYTES = 1024 * 1024;

  private final PostgresqlSession session;
  private final Consumer<PostgresqlMessage> handler;
  private final Turnstile<PostgresqlMessage> turnstile;
  private @Nullable Runnable last;

  Lane(PostgresqlSession session, Reading sender, Consumer<PostgresqlMessage> handler) {
    this.session = session;
    this.handler = handler;
    turnstile =
        new Turnstile<>(
            this::handle,
            PostgresqlMessage::length,
            WAITING_BYTES,
            read -> sender.set(Reading.Reason.TURNSTILE, !read));
  }

  /** Handles a message, now or in its turn. */
  void offer(PostgresqlMessage message) {
    if (session.hasEnded()) {
      message.release();
    } else {
      turnstile.offer(message);
    }
  }

  /** Handles a message whose turn it is. */
  void handle(PostgresqlMessage message) {
    if (session.hasEnded()) {
      message.release();
      return;
    }
    try {
      handler.accept(message);
    } catch (ProtocolViolation | LexicalState.LexicalStateException e) {
      message.release();
      session.failed(e);
    }
  }

  /** An answer is awaited: nothing more is handled until it is there. */
  void pause() {
    turnstile.close();
  }

  /**
   * The answer is there.
   *
   * @param discard what to do instead when the session is over by now
   * @param work what waited for it
   */
  void resume(Runnable discard, Runnable work) {
    if (session.hasEnded()) {
      discard.run();
      return;
    }
    session.guarded(() -> {
      work.run();
      turnstile.open();
      if (last != null && !isPaused()) {
        last.run();
      }
    });
  }

  /** The sender is gone: does {@code then} once everything that it said is handled. */
  void finish(Runnable then) {
    if (isPaused()) {
      last = then;
    } else {
      then.run();
    }
  }

  boolean isPaused() {
    return turnstile.isClosed();
  }

  void clear() {
    turnstile.clear(PostgresqlMessage::release);
  }
}

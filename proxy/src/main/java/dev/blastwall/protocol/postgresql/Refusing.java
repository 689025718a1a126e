package dev.blastwall.protocol.postgresql;

import java.util.Map;

/**
 * Says no and leaves the conversation and the transaction as PostgreSQL itself would: where the
 * upstream has something open, it gets a command that fails in the place of the refused one.
 */
final class Refusing {

  private static final byte IDLE = 'I';

  /** Not SQL in any dialect: it fails in the grammar, before it can do anything. */
  private static final String FAILS = "blastwall refused a command here";

  private final PostgresqlSession session;
  private final Conversation conversation;

  Refusing(PostgresqlSession session, Conversation conversation) {
    this.session = session;
    this.conversation = conversation;
  }

  /** In the place of a Query or FunctionCall: an error and ReadyForQuery. */
  void query(Report report) {
    if (conversation.isIdle()) {
      session.client().write(session.encoder().report(PostgresqlMessage.ERROR_RESPONSE, report));
      session.client().write(session.encoder().readyForQuery(IDLE));
      return;
    }
    conversation.sent(new Expected.Poison(report, true));
    session.sendUpstream(session.encoder().query(FAILS));
  }

  /**
   * Behind an answer that was withheld: makes the open transaction fail, unseen but for its end.
   */
  void transaction() {
    conversation.sent(new Expected.Poison(new Report(Map.of()), true));
    session.sendUpstream(session.encoder().query(FAILS));
  }

  /** In the place of a message of the extended protocol: an error; the client then says Sync. */
  void segment(Report report) {
    conversation.sent(new Expected.Poison(report, false));
    // Named, because a Parse of the unnamed statement would drop the client's own.
    session.sendUpstream(session.encoder().parse("blastwall", FAILS));
    session.sendUpstream(session.encoder().flush());
  }
}

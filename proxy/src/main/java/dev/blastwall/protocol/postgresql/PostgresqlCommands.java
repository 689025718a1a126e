package dev.blastwall.protocol.postgresql;

import dev.blastwall.command.Unclassified;
import dev.blastwall.protocol.Verdict;
import dev.blastwall.protocol.sql.SqlUnderstanding;
import java.util.List;
import java.util.function.Consumer;

/**
 * From client to upstream: each message in turn, and no byte of a command before its verdict. A
 * Query is judged whole; the extended protocol is {@link ExtendedCommands}' part.
 */
final class PostgresqlCommands {

  private final PostgresqlSession session;
  private final Conversation conversation;
  private final SessionNames names = new SessionNames();
  private final CancelForwarder canceller;
  private final Overruns overruns;
  private final Refusing refusing;
  private final Judging judging;
  private final ExtendedCommands extended;
  private final Lane lane;
  private final CopyInGuard copies;

  PostgresqlCommands(
      PostgresqlSession session,
      Conversation conversation,
      SessionCatalog catalog,
      SqlUnderstanding understanding,
      CancelForwarder canceller) {
    this.canceller = canceller;
    overruns = new Overruns(session, conversation);
    this.session = session;
    this.conversation = conversation;
    refusing = new Refusing(session, conversation);
    lane = new Lane(session, session.clientReading(), this::message);
    judging = new Judging(session, conversation, understanding, catalog, names, lane);
    copies = new CopyInGuard(session, conversation, judging);
    extended =
        new ExtendedCommands(session, conversation, names, judging, refusing, overruns, lane);
  }

  void offer(PostgresqlMessage message) {
    lane.offer(message);
  }

  /** The upstream drops everything up to Sync, so nothing up to there is judged. */
  void skipToSync() {
    extended.skipToSync();
  }

  /** ReadyForQuery says that no transaction is open: the portals up to that Sync are gone. */
  void transactionEnded(int upToSegment) {
    extended.transactionEnded(upToSegment);
  }

  /** The client saw an error that the upstream did not: its transaction must fail there too. */
  void failTransaction() {
    refusing.transaction();
  }

  /** Somebody with the key wants the session's command to end. */
  void cancel() {
    if (!session.hasEnded() && !judging.withdraw() && conversation.isRunning()) {
      canceller.cancel(session.clientChannel().eventLoop(), () -> {});
    }
  }

  /**
   * Makes the upstream end what it runs. The client's next command waits until the upstream has
   * done so, lest it be the one that is hit.
   */
  void stopUpstream() {
    lane.pause();
    canceller.cancel(session.clientChannel().eventLoop(), () -> lane.resume(() -> {}, () -> {}));
  }

  void clear() {
    lane.clear();
    conversation.abandon();
    extended.clear();
  }

  private void message(PostgresqlMessage message) {
    if (!extended.takes(message)) {
      dispatch(message);
    }
  }

  private void dispatch(PostgresqlMessage message) {
    switch (message.type()) {
      case PostgresqlMessage.QUERY -> query(message);
      case PostgresqlMessage.PARSE -> extended.parse(message);
      case PostgresqlMessage.BIND -> extended.bind(message);
      case PostgresqlMessage.DESCRIBE -> extended.describe(message);
      case PostgresqlMessage.EXECUTE -> extended.execute(message);
      case PostgresqlMessage.CLOSE -> extended.close(message);
      case PostgresqlMessage.FLUSH -> extended.flush(message);
      case PostgresqlMessage.SYNC -> extended.sync(message);
      case PostgresqlMessage.FUNCTION_CALL -> functionCall(message);
      case PostgresqlMessage.COPY_DATA -> copyData(message);
      case PostgresqlMessage.COPY_DONE, PostgresqlMessage.COPY_FAIL -> copyEnd(message);
      case PostgresqlMessage.TERMINATE -> terminate(message);
      default -> throw ProtocolViolation.malformed("a message that has no place in a session");
    }
  }

  private void query(PostgresqlMessage message) {
    conversation.refuseInCopy();
    Body body = message.body();
    String text = body.text();
    body.end();
    Consumer<Report> refused =
        report -> {
          message.release();
          refusing.query(report);
        };
    judging.understand(
        text,
        message::release,
        understood ->
            judging.judge(
                understood,
                List.of(),
                message::release,
                judged -> {
                  names.remember(understood, judged.batch());
                  Expected.Query query = new Expected.Query(new Running(judged));
                  conversation.sent(query);
                  overruns.started(query, query.running());
                  session.sendUpstream(message.frames());
                },
                refused),
        refused);
  }

  /** Names a function by number, and its answer has no columns: nothing that could be masked. */
  private void functionCall(PostgresqlMessage message) {
    message.release();
    judging.judge(
        new Unclassified(PostgresqlProtocol.NAME, "a FunctionCall message"),
        () -> {},
        verdict -> refusing.query(functionCallReport(verdict)));
  }

  private static Report functionCallReport(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Refused no -> PostgresqlReplies.refused(no.refusal());
      case Verdict.Forward forward ->
          PostgresqlReplies.failed(
              SqlState.FEATURE_NOT_SUPPORTED,
              "function calls by number are not offered here",
              "Call the function in a query.");
    };
  }

  private void copyData(PostgresqlMessage message) {
    if (conversation.isEmpty()) {
      // The server ignores what comes after a COPY has failed ("COPY Operations").
      message.release();
    } else {
      copies.rows(message);
    }
  }

  private void copyEnd(PostgresqlMessage message) {
    if (conversation.isEmpty()) {
      message.release();
      return;
    }
    conversation.copyInEnded();
    conversation.sent(new Expected.CopyEnd());
    if (copies.hasRefused()) {
      message.release();
    } else {
      session.sendUpstream(message.frames());
    }
  }

  private void terminate(PostgresqlMessage message) {
    // In its turn: the upstream answers what came before, then closes.
    session.clientLeaves();
    session.sendUpstream(message.frames());
  }
}

package dev.blastwall.protocol.postgresql;

import dev.blastwall.protocol.sql.SqlUnderstanding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From client to upstream: each message in turn, and no byte of a command before its verdict. A
 * Query is judged whole; the extended protocol is {@link ExtendedCommands}' part.
 */
final class PostgresqlCommands {

  private final PostgresqlSession session;
  private final Conversation conversation;
  private final SessionCatalog catalog;
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
    this.catalog = catalog;
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
    run(message, text, List.of(), null);
  }

  /** Names a function by number; judged as the query that would call it. */
  private void functionCall(PostgresqlMessage message) {
    conversation.refuseInCopy();
    judging.forgetApproved();
    FunctionCall call = FunctionCall.read(message.body());
    lane.pause();
    catalog.called(
        call.function(),
        found -> lane.resume(message::release, () -> functionCall(message, call, found)));
  }

  private void functionCall(
      PostgresqlMessage message, FunctionCall call, @Nullable List<FunctionCall.Called> found) {
    if (found == null) {
      refuse(message, Judging.UNRESOLVED);
    } else if (found.isEmpty()) {
      refuse(message, call.unknown());
    } else {
      FunctionCall.Called called = found.getFirst();
      run(message, call.query(called), call.values(), call.column(called));
    }
  }

  /**
   * Sends {@code message} if what it does may run.
   *
   * @param value what comes instead of result sets, or null
   */
  private void run(
      PostgresqlMessage message,
      String text,
      List<@Nullable String> values,
      @Nullable WireColumn value) {
    judging.understand(
        text,
        message::release,
        understood ->
            judging.judge(
                understood,
                "",
                values,
                message::release,
                judged -> {
                  names.remember(understood, judged.batch());
                  Expected.Query query = new Expected.Query(new Running(judged, value));
                  conversation.sent(query);
                  overruns.started(query, query.running());
                  session.sendUpstream(message.frames());
                },
                report -> refuse(message, report)),
        report -> refuse(message, report));
  }

  private void refuse(PostgresqlMessage message, Report report) {
    message.release();
    refusing.query(report);
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

package dev.blastwall.protocol.postgresql;

import dev.blastwall.protocol.postgresql.NotificationMasking.Notification;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * From upstream to client: each answer in turn, by what it answers, and no row before policy has
 * seen its columns.
 */
final class PostgresqlResults {

  private static final byte IDLE = 'I';
  private static final byte IN_TRANSACTION = 'T';
  private static final byte FAILED = 'E';

  /** Settings that take a few words only; any other may be set to any text. */
  private static final Set<String> WORDS =
      Set.of(
          "client_encoding",
          "standard_conforming_strings",
          "DateStyle",
          "IntervalStyle",
          "integer_datetimes",
          "is_superuser",
          "in_hot_standby",
          "default_transaction_read_only",
          "scram_iterations",
          "server_encoding",
          "server_version");

  private final PostgresqlSession session;
  private final Conversation conversation;
  private final PostgresqlCommands commands;
  private final SessionCatalog catalog;
  private final ResultDescribing describing;
  private final ReportMasking reports;
  private final NotificationMasking notifications;
  private final ClientView view;
  private final ResultSets sets;
  private final Lane lane;
  private boolean saidGoodbye;

  PostgresqlResults(
      PostgresqlSession session,
      Conversation conversation,
      PostgresqlCommands commands,
      SessionCatalog catalog) {
    this.session = session;
    this.conversation = conversation;
    this.commands = commands;
    this.catalog = catalog;
    describing = new ResultDescribing(session, catalog);
    reports = new ReportMasking(session.gate(), catalog);
    notifications = new NotificationMasking(session.gate());
    lane = new Lane(session, session.upstreamReading(), this::message);
    view = new ClientView(session.client());
    sets = new ResultSets(session, conversation, describing, view, lane);
  }

  void offer(PostgresqlMessage message) {
    lane.offer(message);
  }

  void clear() {
    lane.clear();
  }

  /** The upstream is gone; what it said before still reaches the client. */
  void upstreamClosed() {
    lane.finish(this::endAfterUpstream);
  }

  private void endAfterUpstream() {
    if (session.clientIsLeaving()) {
      session.clientGone();
    } else if (saidGoodbye) {
      session.end(null, "the upstream ended the session");
    } else {
      session.fault(SqlState.CONNECTION_FAILURE, "the upstream closed the connection");
    }
  }

  private void message(PostgresqlMessage message) {
    switch (message.type()) {
      case PostgresqlMessage.NOTICE_RESPONSE -> notice(message);
      case PostgresqlMessage.PARAMETER_STATUS -> parameter(message);
      case PostgresqlMessage.NOTIFICATION_RESPONSE -> notification(message);
      case PostgresqlMessage.ERROR_RESPONSE -> error(message);
      case PostgresqlMessage.READY_FOR_QUERY -> ready(message);
      default -> answer(message);
    }
  }

  private void answer(PostgresqlMessage message) {
    switch (conversation.next()) {
      case Expected.Query query -> sets.result(query.running(), message, false);
      case Expected.Execute execute -> sets.result(execute.running(), message, true);
      case Expected.Acknowledgement acknowledgement -> acknowledged(acknowledgement, message);
      case Expected.DescribeStatement describe -> described(message);
      case Expected.DescribeCursor describe -> described(message);
      case Expected.DescribePortal portal -> described(portal, message);
      case Expected.Sync sync -> throw message.unexpected();
      case Expected.Poison poison -> throw message.unexpected();
      case Expected.CopyEnd end -> throw message.unexpected();
      case null -> throw message.unexpected();
    }
  }

  private void acknowledged(Expected.Acknowledgement expected, PostgresqlMessage message) {
    if (message.type() != expected.type()) {
      throw message.unexpected();
    }
    conversation.answered();
    show(message);
  }

  /** Of a statement or a cursor: names and types of columns, no values. */
  private void described(PostgresqlMessage message) {
    switch (message.type()) {
      case PostgresqlMessage.PARAMETER_DESCRIPTION -> show(message);
      case PostgresqlMessage.ROW_DESCRIPTION, PostgresqlMessage.NO_DATA -> {
        conversation.answered();
        show(message);
      }
      default -> throw message.unexpected();
    }
  }

  private void described(Expected.DescribePortal expected, PostgresqlMessage message) {
    switch (message.type()) {
      case PostgresqlMessage.NO_DATA -> {
        conversation.answered();
        // Should rows come all the same, policy has not seen their columns.
        expected.running().show(Rows.Undescribed.UNDESCRIBED);
        view.showUnless(expected.ours(), message);
      }
      case PostgresqlMessage.ROW_DESCRIPTION -> {
        conversation.answered();
        sets.describe(expected.running(), message, () -> view.showUnless(expected.ours(), message));
      }
      default -> throw message.unexpected();
    }
  }

  private void notification(PostgresqlMessage message) {
    Notification notification = Notification.read(message.body());
    lane.pause();
    notifications.mask(
        notification,
        conversation.lastJudged(),
        shown ->
            resume(
                message,
                () -> {
                  message.release();
                  view.show(session.encoder().notification(shown));
                }));
  }

  private void notice(PostgresqlMessage message) {
    Report report = Report.read(message.body());
    Judged judged = conversation.nextJudged();
    lane.pause();
    reports.mask(report, judged, masked -> resume(message, () -> rewrite(message, report, masked)));
  }

  private void rewrite(PostgresqlMessage message, Report report, Report masked) {
    if (masked.equals(report)) {
      show(message);
    } else {
      message.release();
      view.show(session.encoder().report(message.type(), masked));
    }
  }

  private void parameter(PostgresqlMessage message) {
    Body body = message.body();
    String name = body.text();
    String value = body.text();
    conversation.lexicalState().reported(name, value);
    if (WORDS.contains(name)) {
      show(message);
      return;
    }
    Judged running = conversation.nextJudged();
    lane.pause();
    reports.mask(
        value,
        running == null ? conversation.lastJudged() : running,
        shown -> resume(message, () -> parameter(message, name, value, shown)));
  }

  private void parameter(PostgresqlMessage message, String name, String value, String shown) {
    if (shown.equals(value)) {
      show(message);
    } else {
      message.release();
      view.show(session.encoder().parameterStatus(name, shown));
    }
  }

  private void error(PostgresqlMessage message) {
    Report report = Report.read(message.body());
    saidGoodbye |= report.isFatal();
    Expected failed = conversation.next();
    if (failed instanceof Expected.Poison(Report instead, boolean simple)) {
      rewrite(message, report, instead);
      failed(failed, report);
      return;
    }
    Report instead = inPlaceOf(report, failed);
    if (instead != report) {
      rewrite(message, report, instead);
      failed(failed, instead);
      return;
    }
    lane.pause();
    reports.mask(
        report,
        conversation.nextJudged(),
        masked ->
            resume(
                message,
                () -> {
                  rewrite(message, report, masked);
                  failed(failed, report);
                }));
  }

  private static Report inPlaceOf(Report report, @Nullable Expected failed) {
    if (failed instanceof Expected.Query(Running running)) {
      return running.failure(report);
    }
    return failed instanceof Expected.Execute(Running running) ? running.failure(report) : report;
  }

  /** Query and Sync stay expected: their ReadyForQuery comes still. */
  private void failed(@Nullable Expected failed, Report report) {
    String outcome = "ERROR " + report.field(Report.SQL_STATE);
    switch (failed) {
      case Expected.Query query -> {
        conversation.copyInEnded();
        sets.observe(query.running(), outcome);
      }
      case Expected.Execute execute -> {
        sets.observe(execute.running(), outcome);
        failSegment();
      }
      case Expected.Poison poison -> {
        if (!poison.simple()) {
          failSegment();
        }
      }
      case Expected.Acknowledgement acknowledgement -> failSegment();
      case Expected.DescribeStatement describe -> failSegment();
      case Expected.DescribeCursor describe -> failSegment();
      case Expected.DescribePortal describe -> failSegment();
      case Expected.Sync sync -> {}
      case Expected.CopyEnd end -> {}
      case null -> {}
    }
  }

  private void failSegment() {
    conversation.fail();
    if (conversation.isFailed()) {
      commands.skipToSync();
    }
  }

  private void ready(PostgresqlMessage message) {
    byte status = message.body().int8();
    if (status != IDLE && status != IN_TRANSACTION && status != FAILED) {
      throw ProtocolViolation.malformed("the upstream is in a state that does not exist");
    }
    Expected expected = conversation.next();
    int upToSegment = synced(expected, message);
    if (expected != null) {
      conversation.answered();
    }
    conversation.ready(status);
    if (status == IDLE) {
      commands.transactionEnded(upToSegment);
      catalog.committed(conversation.isEmpty());
    }
    if (view.isMuted() && status == IN_TRANSACTION && conversation.isEmpty()) {
      failTransaction(message);
      return;
    }
    view.unmute();
    show(message);
    conversation.readyShown();
  }

  /** The number of the segment that ended; none for a Query, which ends no portal of its own. */
  private static int synced(@Nullable Expected expected, PostgresqlMessage message) {
    return switch (expected) {
      case Expected.Sync(int segment) -> segment;
      case Expected.Query query -> -1;
      case Expected.Poison poison -> -1;
      // After a COPY that failed before it read anything a Sync counts that was thought ignored.
      case null -> -1;
      case Expected.Acknowledgement acknowledgement -> throw message.unexpected();
      case Expected.DescribeStatement describe -> throw message.unexpected();
      case Expected.DescribeCursor describe -> throw message.unexpected();
      case Expected.DescribePortal describe -> throw message.unexpected();
      case Expected.Execute execute -> throw message.unexpected();
      case Expected.CopyEnd end -> throw message.unexpected();
    };
  }

  /** The client saw an error, so its transaction has failed; now it does upstream as well. */
  private void failTransaction(PostgresqlMessage message) {
    message.release();
    commands.failTransaction();
  }

  private void show(PostgresqlMessage message) {
    view.show(message.frames());
  }

  private void resume(PostgresqlMessage message, Runnable work) {
    lane.resume(message::release, work);
  }
}

package dev.blastwall.protocol.postgresql;

import dev.blastwall.protocol.Observation;
import io.netty.buffer.ByteBuf;
import java.util.List;

/** Result sets on their way to the client: no row before policy has seen its columns. */
final class ResultSets {

  private final PostgresqlSession session;
  private final Conversation conversation;
  private final ResultDescribing describing;
  private final ClientView view;
  private final Lane lane;

  ResultSets(
      PostgresqlSession session,
      Conversation conversation,
      ResultDescribing describing,
      ClientView view,
      Lane lane) {
    this.session = session;
    this.conversation = conversation;
    this.describing = describing;
    this.view = view;
    this.lane = lane;
  }

  /** A RowDescription came: asks policy, then does {@code then}. */
  void describe(Running running, PostgresqlMessage message, Runnable then) {
    describe(running, message, WireColumn.readAll(message.body()), then);
  }

  private void describe(
      Running running, PostgresqlMessage message, List<WireColumn> columns, Runnable then) {
    lane.pause();
    describing.describe(
        running,
        columns,
        rows ->
            lane.resume(
                message::release,
                () -> {
                  running.show(rows);
                  then.run();
                }));
  }

  /** A part of the answer to Query or Execute. */
  void result(Running running, PostgresqlMessage message, boolean extended) {
    switch (message.type()) {
      case PostgresqlMessage.ROW_DESCRIPTION -> {
        if (extended) {
          throw message.unexpected();
        }
        describe(
            running,
            message,
            () -> view.showUnless(running.rows() instanceof Rows.Withheld, message));
      }
      case PostgresqlMessage.DATA_ROW -> rows(running, message);
      case PostgresqlMessage.COMMAND_COMPLETE -> complete(running, message, extended);
      case PostgresqlMessage.EMPTY_QUERY_RESPONSE -> {
        ended(running, "", extended);
        view.show(message.frames());
      }
      case PostgresqlMessage.PORTAL_SUSPENDED -> suspended(running, message, extended);
      case PostgresqlMessage.COPY_IN_RESPONSE -> {
        conversation.copyInStarted();
        view.show(message.frames());
      }
      case PostgresqlMessage.COPY_OUT_RESPONSE -> copyOut(running, message);
      case PostgresqlMessage.COPY_DATA -> rows(running, message);
      case PostgresqlMessage.FUNCTION_CALL_RESPONSE -> value(running, message);
      case PostgresqlMessage.COPY_DONE ->
          view.showUnless(running.rows() instanceof Rows.Withheld, message);
      default -> throw message.unexpected();
    }
  }

  /** What a function gave that was called by number. */
  private void value(Running running, PostgresqlMessage message) {
    WireColumn column = running.value();
    if (column == null) {
      throw message.unexpected();
    }
    describe(running, message, List.of(column), () -> showValue(running, message));
  }

  /** A value that policy masks is withheld; the query that gives the same shows it masked. */
  private void showValue(Running running, PostgresqlMessage message) {
    Rows rows = running.rows();
    boolean within = running.admit(message.frames()) == message.length();
    ended(running, "FUNCTION CALL", false);
    switch (rows) {
      case Rows.Verbatim verbatim when within -> view.show(message.frames());
      case Rows.Verbatim verbatim ->
          withhold(message, PostgresqlReplies.tooMuch(running.judged().forward()));
      case Rows.Masked masked -> withhold(message, PostgresqlReplies.notInAFunctionCall());
      case Rows.Withheld(Report instead) -> withhold(message, instead);
      case Rows.Undescribed undescribed -> throw message.unexpected();
    }
  }

  private void rows(Running running, PostgresqlMessage message) {
    switch (running.rows()) {
      case Rows.Undescribed undescribed ->
          throw ProtocolViolation.malformed("the upstream sent rows before their columns");
      case Rows.Verbatim verbatim -> show(running, message.frames(), message.count());
      case Rows.Masked(RowMask mask) -> {
        ByteBuf masked = mask.apply(message.frames(), session.clientChannel().alloc());
        if (masked != message.frames()) {
          message.release();
        }
        show(running, masked, message.count());
      }
      case Rows.Withheld withheld -> message.release();
    }
  }

  /** Shows as many rows as policy lets through, and an error in the place of the others. */
  private void show(Running running, ByteBuf rows, int count) {
    if (running.judged().forward().limits().limitsNoSize()) {
      running.count(count);
      view.show(rows);
    } else {
      showWithin(running, rows);
    }
  }

  private void showWithin(Running running, ByteBuf rows) {
    int shown = running.admit(rows);
    if (shown == rows.readableBytes()) {
      view.show(rows);
      return;
    }
    view.show(rows.readRetainedSlice(shown));
    rows.release();
    running.show(new Rows.Withheld(PostgresqlReplies.tooMuch(running.judged().forward())));
    new Overruns(session, conversation).cut(running);
  }

  private void copyOut(Running running, PostgresqlMessage message) {
    running.show(CopyRows.rows(running, message.body()));
    view.show(message.frames());
  }

  private void suspended(Running running, PostgresqlMessage message, boolean extended) {
    if (!extended) {
      throw message.unexpected();
    }
    if (running.rows() instanceof Rows.Withheld(Report instead)) {
      withhold(message, instead);
    } else {
      view.show(message.frames());
    }
    conversation.answered();
  }

  private void complete(Running running, PostgresqlMessage message, boolean extended) {
    String tag = message.body().text();
    Rows rows = running.rows();
    ended(running, tag, extended);
    if (rows instanceof Rows.Withheld(Report instead)) {
      withhold(message, instead);
    } else {
      view.show(message.frames());
    }
  }

  private void ended(Running running, String outcome, boolean extended) {
    running.nextStatement();
    observe(running, outcome);
    if (extended) {
      conversation.answered();
    }
  }

  /** Tells that a command's answer is complete. */
  void observe(Running running, String outcome) {
    session
        .client()
        .completed(
            new Observation.Completed(
                running.judged().forward().decisionId(), outcome, running.takeCount()));
  }

  /** The client hears an error, and nothing more of this Query or segment. */
  private void withhold(PostgresqlMessage message, Report report) {
    message.release();
    view.show(session.encoder().report(PostgresqlMessage.ERROR_RESPONSE, report));
    view.mute();
  }
}

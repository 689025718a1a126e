package dev.blastwall.protocol.postgresql;

import dev.blastwall.protocol.sql.Understood;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The extended protocol's part of what a client sends (manual, "Extended Query").
 *
 * <p>A prepared statement is judged at every Bind, with its values; its portal then runs under that
 * verdict. A Parse waits for the next message: a Bind of its statement is judged for both, anything
 * else makes the gateway judge the text without values first.
 */
final class ExtendedCommands {

  private final PostgresqlSession session;
  private final Conversation conversation;
  private final SessionNames names;
  private final Judging judging;
  private final Refusing refusing;
  private final Overruns overruns;
  private final Lane lane;
  private final Named<Statement> statements = new Named<>();
  private final Named<Portal> portals = new Named<>();
  private @Nullable WaitingParse waiting;
  private boolean skipping;
  private int segment;

  ExtendedCommands(
      PostgresqlSession session,
      Conversation conversation,
      SessionNames names,
      Judging judging,
      Refusing refusing,
      Overruns overruns,
      Lane lane) {
    this.session = session;
    this.conversation = conversation;
    this.names = names;
    this.judging = judging;
    this.refusing = refusing;
    this.overruns = overruns;
    this.lane = lane;
  }

  /** A Parse that is not judged yet, and the Describes that came with it. */
  private record WaitingParse(Statement statement, List<PostgresqlMessage> messages) {
    boolean isJoinedBy(PostgresqlMessage message) {
      return switch (message.type()) {
        case PostgresqlMessage.BIND ->
            BindMessage.statementOf(message.body()).equals(statement.name());
        case PostgresqlMessage.DESCRIBE ->
            Target.read(message.body()).isStatement(statement.name());
        default -> false;
      };
    }

    void release() {
      messages.forEach(PostgresqlMessage::release);
    }
  }

  void skipToSync() {
    skipping = true;
  }

  void transactionEnded(int upToSegment) {
    portals.removeIf(portal -> portal.segment() <= upToSegment);
  }

  void clear() {
    if (waiting != null) {
      waiting.release();
      waiting = null;
    }
  }

  /** Whether {@code message} is not to be handled now: skipped, or after a Parse that waits. */
  boolean takes(PostgresqlMessage message) {
    if (skipping && skips(message.type())) {
      message.release();
      return true;
    }
    WaitingParse parse = waiting;
    if (parse != null && !parse.isJoinedBy(message)) {
      settle(parse, message);
      return true;
    }
    return false;
  }

  /** After an error only Sync and Terminate count, even a Query does not. */
  private static boolean skips(byte type) {
    return type != PostgresqlMessage.SYNC && type != PostgresqlMessage.TERMINATE;
  }

  void parse(PostgresqlMessage message) {
    conversation.refuseInCopy();
    judging.forgetApproved();
    Body body = message.body();
    String name = body.text();
    String text = body.text();
    int types = body.count(Integer.BYTES);
    body.bytes(types * Integer.BYTES);
    body.end();
    judging.understand(
        text,
        message::release,
        understood -> parse(name, understood, message),
        report -> {
          message.release();
          refuseSegment(report);
        });
  }

  private void parse(String name, Understood understood, PostgresqlMessage message) {
    if (names.mayParse(name, understood.text())) {
      waiting = waitingParse(name, understood, message);
    } else {
      message.release();
      refuseSegment(nameTaken("prepared statement", name));
    }
  }

  private static WaitingParse waitingParse(
      String name, Understood text, PostgresqlMessage message) {
    return new WaitingParse(new Statement(name, text), new ArrayList<>(List.of(message)));
  }

  /** Judges a Parse without values, because {@code next} is not the Bind that would bring them. */
  private void settle(WaitingParse parse, PostgresqlMessage next) {
    waiting = null;
    judging.judgeAhead(
        parse.statement().text(),
        () -> {
          parse.release();
          next.release();
        },
        judged -> {
          send(parse, judged);
          lane.handle(next);
        },
        report -> {
          parse.release();
          refuseSegment(report);
          lane.handle(next);
        });
  }

  private void send(WaitingParse parse, Judged judged) {
    Statement statement = parse.statement();
    names.prepared(statement);
    Runnable undo = statements.set(statement.name(), statement);
    for (PostgresqlMessage message : parse.messages()) {
      conversation.sent(
          message.type() == PostgresqlMessage.PARSE
              ? new Expected.Acknowledgement(judged, PostgresqlMessage.PARSE_COMPLETE, undo)
              : new Expected.DescribeStatement());
      session.sendUpstream(message.frames());
    }
  }

  void bind(PostgresqlMessage message) {
    conversation.refuseInCopy();
    BindMessage bind = BindMessage.read(message.body());
    WaitingParse parse = waiting;
    Statement statement = parse == null ? statements.get(bind.statement()) : parse.statement();
    waiting = null;
    if (statement == null) {
      message.release();
      refuseSegment(
          PostgresqlReplies.failed(
              SqlState.INVALID_STATEMENT_NAME,
              "prepared statement \"" + bind.statement() + "\" does not exist",
              "Prepare it on this connection with a Parse message."));
      return;
    }
    if (!names.takePortal(bind.portal())) {
      message.release();
      if (parse != null) {
        parse.release();
      }
      refuseSegment(nameTaken("portal", bind.portal()));
      return;
    }
    Runnable discard =
        () -> {
          message.release();
          if (parse != null) {
            parse.release();
          }
        };
    judging.judge(
        statement.text(),
        parse == null ? bind.statement() : "",
        bind.values(),
        discard,
        judged -> {
          if (parse != null) {
            send(parse, judged);
          }
          names.remember(statement.text(), judged.batch());
          Runnable undo = portals.set(bind.portal(), new Portal(bind.portal(), judged, segment));
          conversation.sent(
              new Expected.Acknowledgement(judged, PostgresqlMessage.BIND_COMPLETE, undo));
          session.sendUpstream(message.frames());
        },
        report -> {
          discard.run();
          refuseSegment(report);
        });
  }

  void describe(PostgresqlMessage message) {
    Target target = Target.read(message.body());
    if (waiting != null) {
      waiting.messages().add(message);
      return;
    }
    Portal portal = target.ofStatement() ? null : portals.get(target.name());
    if (portal != null) {
      portal.describe();
      conversation.sent(new Expected.DescribePortal(portal.running(), false));
    } else if (target.ofStatement()) {
      conversation.sent(new Expected.DescribeStatement());
    } else {
      conversation.sent(new Expected.DescribeCursor());
    }
    session.sendUpstream(message.frames());
  }

  void execute(PostgresqlMessage message) {
    Body body = message.body();
    String name = body.text();
    body.int32(); // most rows
    body.end();
    Portal portal = portals.get(name);
    if (portal == null) {
      message.release();
      refuseSegment(
          PostgresqlReplies.failed(
              SqlState.INVALID_CURSOR_NAME,
              "portal \"" + name + "\" does not exist",
              "Bind it on this connection; rows of a cursor come with FETCH."));
      return;
    }
    if (portal.describe()) {
      // Drivers that know the columns do not ask for them; the gateway has to.
      conversation.sent(new Expected.DescribePortal(portal.running(), true));
      session.sendUpstream(session.encoder().describePortal(name));
    }
    Expected.Execute execute = new Expected.Execute(portal.running());
    conversation.sent(execute);
    overruns.started(execute, execute.running());
    session.sendUpstream(message.frames());
  }

  void close(PostgresqlMessage message) {
    Target target = Target.read(message.body());
    Runnable undo =
        target.ofStatement()
            ? statements.set(target.name(), null)
            : portals.set(target.name(), null);
    conversation.sent(new Expected.Acknowledgement(null, PostgresqlMessage.CLOSE_COMPLETE, undo));
    session.sendUpstream(message.frames());
  }

  void flush(PostgresqlMessage message) {
    message.body().end();
    if (conversation.isCopyIn()) {
      message.release();
    } else {
      session.sendUpstream(message.frames());
    }
  }

  void sync(PostgresqlMessage message) {
    message.body().end();
    if (conversation.isCopyIn()) {
      // The server ignores it as well, and answers none.
      message.release();
      return;
    }
    skipping = false;
    conversation.sent(new Expected.Sync(segment));
    segment++;
    session.sendUpstream(message.frames());
  }

  private static Report nameTaken(String what, String name) {
    return PostgresqlReplies.failed(
        SqlState.FEATURE_NOT_SUPPORTED,
        "the name \"" + name + "\" was given before in this session, and not to this " + what,
        "Through the gateway a name keeps its meaning for the life of a session: use another one.");
  }

  private void refuseSegment(Report report) {
    skipping = true;
    refusing.segment(report);
  }
}

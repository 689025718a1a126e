package dev.blastwall.protocol.postgresql;

import static dev.blastwall.protocol.postgresql.Reading.Reason.OTHER_SIDE;
import static dev.blastwall.protocol.postgresql.Reading.Reason.RECORDER;

import dev.blastwall.protocol.Observation;
import dev.blastwall.protocol.Refusal;
import dev.blastwall.protocol.SessionGate;
import dev.blastwall.protocol.Stopping;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client that was let in, and the upstream connection that is its own. Ties the two sides: what
 * one says goes to {@link PostgresqlCommands} or {@link PostgresqlResults}, what one cannot take
 * stops the reading of the other, and the end of one is the end of both. Both sides live on one
 * event loop, so nothing here is shared between threads.
 */
final class PostgresqlSession {

  private static final Logger LOG = LoggerFactory.getLogger(PostgresqlSession.class);
  private static final Duration RECORDER_RETRY = Duration.ofMillis(10);

  private final Channel client;
  private final Channel upstream;
  private final SessionGate gate;
  private final ClientOutput out;
  private final PostgresqlEncoder encoder;
  private final Reading clientReading;
  private final Reading upstreamReading;
  private final PostgresqlCommands commands;
  private final PostgresqlResults results;
  private final Future<?> expiry;
  private boolean toFlushUpstream;
  private boolean inRead;
  private boolean leaving;
  private boolean ended;

  /**
   * A session whose first ReadyForQuery is still to be sent.
   *
   * @param ends the connections, both on this event loop
   * @param canceller cancels what the upstream runs
   */
  PostgresqlSession(
      Ends ends, SessionGate gate, Environment environment, CancelForwarder canceller) {
    this.client = ends.client();
    this.upstream = ends.upstream();
    this.gate = gate;
    out = new ClientOutput(client, gate);
    encoder = new PostgresqlEncoder(client.alloc());
    clientReading = new Reading(client);
    upstreamReading = new Reading(upstream);
    SessionCatalog catalog =
        new SessionCatalog(environment.catalog().database(ends.address()), client.eventLoop());
    Conversation conversation = new Conversation(catalog);
    commands =
        new PostgresqlCommands(this, conversation, catalog, environment.understanding(), canceller);
    results = new PostgresqlResults(this, conversation, commands, catalog);
    expiry = client.eventLoop().schedule(this::expired, untilExpiry(), TimeUnit.MILLISECONDS);
  }

  private long untilExpiry() {
    return Math.max(0, Duration.between(Instant.now(), gate.session().expires()).toMillis());
  }

  ClientHandler clientHandler() {
    return new ClientHandler();
  }

  UpstreamHandler upstreamHandler() {
    return new UpstreamHandler();
  }

  SessionGate gate() {
    return gate;
  }

  PostgresqlEncoder encoder() {
    return encoder;
  }

  ClientOutput client() {
    return out;
  }

  Channel clientChannel() {
    return client;
  }

  Reading clientReading() {
    return clientReading;
  }

  Reading upstreamReading() {
    return upstreamReading;
  }

  PostgresqlCommands commands() {
    return commands;
  }

  /** Tells the client something at once, between two messages. */
  void tell(Report notice) {
    out.write(encoder.report(PostgresqlMessage.NOTICE_RESPONSE, notice));
    out.flush();
  }

  /** The client said that it has nothing more to say. */
  void clientLeaves() {
    leaving = true;
  }

  boolean clientIsLeaving() {
    return leaving;
  }

  /** The client's connection is gone, or nobody waits for an answer on it. */
  void clientGone() {
    end(null, leaving ? "the client said goodbye" : "the client hung up");
  }

  /** Sends judged bytes. */
  void sendUpstream(ByteBuf judged) {
    upstream.write(judged);
    toFlushUpstream = true;
  }

  boolean hasEnded() {
    return ended;
  }

  /** Runs a part of the session's work that nobody above would notice to fail. */
  void guarded(Runnable work) {
    if (ended) {
      return;
    }
    try {
      work.run();
      flushUnlessInRead();
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  /** What comes at once waits for the rest of the same read: one write then carries all of it. */
  private void flushUnlessInRead() {
    if (!inRead) {
      flush();
    }
  }

  private void flush() {
    if (!ended) {
      out.flush();
      flushUpstream();
      watchRecorder();
    }
  }

  private void flushUpstream() {
    if (toFlushUpstream) {
      toFlushUpstream = false;
      upstream.flush();
    }
  }

  private void readComplete() {
    inRead = false;
    flush();
  }

  private void watchRecorder() {
    boolean behind = gate.congested();
    upstreamReading.set(RECORDER, behind);
    if (behind) {
      Future<?> unused =
          client
              .eventLoop()
              .schedule(() -> guarded(() -> {}), RECORDER_RETRY.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** Something went wrong on the client's side or in the gateway: the session cannot go on. */
  void failed(Throwable cause) {
    switch (cause) {
      case ProtocolViolation violation ->
          fault(violation.sqlState(), String.valueOf(violation.getMessage()));
      case LexicalState.LexicalStateException other ->
          fault(SqlState.FEATURE_NOT_SUPPORTED, String.valueOf(other.getMessage()));
      case IOException lost -> end(null, "the connection was lost");
      default -> {
        LOG.error("session {} failed", gate.session().id(), cause);
        fault(SqlState.SYSTEM_ERROR, "the gateway failed; the session ends");
      }
    }
  }

  /** Ends the session with a fault that the record shows too. */
  void fault(String sqlState, String what) {
    if (!ended) {
      gate.observe(new Observation.Fault(what));
      end(PostgresqlReplies.fatal(sqlState, what), what);
    }
  }

  private void expired() {
    end(
        PostgresqlReplies.fatal(SqlState.GOODBYE, "the session's time is over")
            .with(Report.HINT, "Sign in again with a new token."),
        "the session's time is over");
  }

  /** Policy no longer allows the session. */
  void endedBy(Refusal refusal) {
    end(PostgresqlReplies.ended(refusal), refusal.reason());
  }

  /**
   * Ends the session.
   *
   * @param goodbye what the client hears, or null when it is gone
   * @param why for the record
   */
  void end(@Nullable Report goodbye, String why) {
    if (ended) {
      return;
    }
    if (goodbye != null) {
      out.write(encoder.report(PostgresqlMessage.ERROR_RESPONSE, goodbye));
    }
    out.flush();
    ended = true;
    expiry.cancel(false);
    commands.clear();
    results.clear();
    client.writeAndFlush(client.alloc().buffer(0)).addListener(ChannelFutureListener.CLOSE);
    upstream.writeAndFlush(encoder.terminate()).addListener(ChannelFutureListener.CLOSE);
    gate.close(why);
  }

  /** The client's side of the pipeline. */
  final class ClientHandler extends ChannelInboundHandlerAdapter {

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      inRead = true;
      commands.offer((PostgresqlMessage) message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
      readComplete();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
      upstreamReading.set(OTHER_SIDE, !client.isWritable());
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      clientGone();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      if (event == Stopping.INSTANCE) {
        end(PostgresqlReplies.fatal(SqlState.GOODBYE, "the gateway stops"), "the gateway stops");
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      failed(cause);
    }
  }

  /** The upstream's side of the pipeline. */
  final class UpstreamHandler extends ChannelInboundHandlerAdapter {

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      inRead = true;
      results.offer((PostgresqlMessage) message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
      readComplete();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
      clientReading.set(OTHER_SIDE, !upstream.isWritable());
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      results.upstreamClosed();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      if (cause instanceof IOException) {
        results.upstreamClosed();
      } else {
        failed(cause);
      }
    }
  }
}

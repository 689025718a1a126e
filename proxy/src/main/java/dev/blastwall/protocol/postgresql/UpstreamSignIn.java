package dev.blastwall.protocol.postgresql;

import dev.blastwall.protocol.Dialer;
import dev.blastwall.protocol.Upstream;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Signs the gateway in to an upstream with its own credential (manual, "Start-up" and "SASL
 * Authentication"). What the upstream says when it refuses is about the gateway's account, so the
 * client gets words of the gateway's own.
 */
final class UpstreamSignIn extends ChannelInboundHandlerAdapter {

  /** Gets the outcome, once, on the event loop. */
  interface Then {
    /** The upstream is ready for queries. */
    void signedIn(SignedIn upstream);

    /** It is not; its connection is closed. */
    void failed(Report report);
  }

  /**
   * A connection on which the first command may be sent.
   *
   * @param channel the connection; its last handler is to be replaced
   * @param parameters the ParameterStatus messages in order, owned by the receiver
   * @param key what cancels its commands
   */
  record SignedIn(Channel channel, List<ByteBuf> parameters, CancelKey key) {}

  private static final byte TLS_ACCEPTED = 'S';
  private static final String DECODER = "decoder";

  private final Upstream upstream;
  private final Dialer dialer;
  private final Map<String, String> settings;
  private final Then then;
  private final List<ByteBuf> parameters = new ArrayList<>();
  private @Nullable CancelKey key;
  private @Nullable UpstreamPassword password;
  private boolean done;

  UpstreamSignIn(Upstream upstream, Dialer dialer, Map<String, String> settings, Then then) {
    this.upstream = upstream;
    this.dialer = dialer;
    this.settings = settings;
    this.then = then;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    switch (upstream.tls()) {
      case DISABLE -> start(ctx, false);
      case VERIFY_FULL -> ctx.writeAndFlush(new PostgresqlEncoder(ctx.alloc()).sslRequest());
    }
  }

  private void start(ChannelHandlerContext ctx, boolean tls) {
    PostgresqlEncoder encoder = new PostgresqlEncoder(ctx.alloc());
    password = new UpstreamPassword(upstream, encoder, tls);
    ctx.pipeline().addBefore(ctx.name(), DECODER, PostgresqlDecoder.ofServer());
    ctx.writeAndFlush(encoder.startup(startupParameters()));
  }

  private Map<String, String> startupParameters() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("user", upstream.user());
    String database = upstream.database();
    all.put("database", database == null ? upstream.user() : database);
    all.putAll(settings);
    // Named last and explicitly: a default of the upstream's role must not change how text is read.
    all.put("client_encoding", "UTF8");
    all.put("standard_conforming_strings", "on");
    return all;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    switch (message) {
      case ByteBuf answer -> tlsAnswer(ctx, answer);
      case PostgresqlMessage typed -> {
        try {
          typed(ctx, typed);
        } finally {
          typed.release();
        }
      }
      default -> ReferenceCountUtil.release(message);
    }
  }

  private void tlsAnswer(ChannelHandlerContext ctx, ByteBuf answer) {
    // One byte and nothing behind it: more would be read as if it had come encrypted
    // (CVE-2021-23222).
    boolean accepted = answer.readableBytes() == 1 && answer.readByte() == TLS_ACCEPTED;
    answer.release();
    if (!accepted) {
      fail(ctx, SqlState.UNABLE_TO_CONNECT, "the upstream does not offer TLS");
      return;
    }
    SslHandler tls = dialer.tls(upstream).newHandler(ctx.alloc(), upstream.host(), upstream.port());
    ctx.pipeline().addFirst(tls);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof SslHandshakeCompletionEvent tls) {
      if (tls.isSuccess()) {
        start(ctx, true);
      } else {
        fail(ctx, SqlState.UNABLE_TO_CONNECT, "the upstream's certificate cannot be verified");
      }
    }
  }

  private void typed(ChannelHandlerContext ctx, PostgresqlMessage message) {
    switch (message.type()) {
      case PostgresqlMessage.AUTHENTICATION -> authentication(ctx, message.body());
      case PostgresqlMessage.PARAMETER_STATUS -> parameter(message);
      case PostgresqlMessage.BACKEND_KEY_DATA -> key = CancelKey.read(message.body());
      case PostgresqlMessage.NOTICE_RESPONSE -> {}
      case PostgresqlMessage.ERROR_RESPONSE -> refused(ctx, Report.read(message.body()));
      case PostgresqlMessage.READY_FOR_QUERY -> ready(ctx);
      default -> throw ProtocolViolation.malformed("an unexpected message during sign-in");
    }
  }

  private void authentication(ChannelHandlerContext ctx, Body body) {
    if (password == null) {
      throw ProtocolViolation.malformed("an authentication request before start-up");
    }
    password.answer(
        body,
        ctx.executor(),
        answer -> ctx.writeAndFlush(answer),
        reason -> fail(ctx, SqlState.UNABLE_TO_CONNECT, reason));
  }

  private void parameter(PostgresqlMessage message) {
    Body body = message.body();
    LexicalState.check(body.text(), body.text());
    parameters.add(message.frames().retain());
  }

  private void refused(ChannelHandlerContext ctx, Report report) {
    String sqlState = report.field(Report.SQL_STATE);
    fail(ctx, sqlState, words(sqlState, report));
  }

  /** Only what the client itself asked for may be quoted: settings and the database's name. */
  private static String words(String sqlState, Report report) {
    return switch (sqlState) {
      case "22023", "42704", "3D000" -> report.field(Report.MESSAGE);
      default -> "the gateway could not sign in to the upstream (SQLSTATE " + sqlState + ")";
    };
  }

  private void ready(ChannelHandlerContext ctx) {
    if (key == null || password == null || !password.accepted()) {
      throw ProtocolViolation.malformed("the upstream is ready before sign-in is complete");
    }
    done = true;
    then.signedIn(new SignedIn(ctx.channel(), List.copyOf(parameters), key));
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    fail(ctx, SqlState.CONNECTION_FAILURE, "the upstream closed the connection during sign-in");
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    fail(ctx, SqlState.UNABLE_TO_CONNECT, "sign-in to the upstream failed: " + words(cause));
  }

  private static String words(Throwable cause) {
    return cause instanceof ProtocolViolation || cause instanceof LexicalState.LexicalStateException
        ? String.valueOf(cause.getMessage())
        : cause.getClass().getSimpleName();
  }

  private void fail(ChannelHandlerContext ctx, String sqlState, String message) {
    if (!done) {
      done = true;
      parameters.forEach(ByteBuf::release);
      ctx.close();
      then.failed(PostgresqlReplies.fatal(sqlState, message));
    }
  }
}

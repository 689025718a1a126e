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
import java.io.IOException;
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
    void failed(UpstreamFailure failure);
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
  private static final String IN_HOT_STANDBY = "in_hot_standby";
  private static final String WHAT_FAILED = "sign-in to the upstream failed: ";

  private final Upstream upstream;
  private final Dialer dialer;
  private final Map<String, String> settings;
  private final Then then;
  private final List<ByteBuf> parameters = new ArrayList<>();
  private @Nullable CancelKey key;
  private @Nullable UpstreamPassword password;
  private boolean replica;
  private boolean tellsItsRole;
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
      case DISABLE -> start(ctx, UpstreamChannel.CLEAR);
      case VERIFY_FULL -> ctx.writeAndFlush(new PostgresqlEncoder(ctx.alloc()).sslRequest());
    }
  }

  private void start(ChannelHandlerContext ctx, UpstreamChannel channel) {
    PostgresqlEncoder encoder = new PostgresqlEncoder(ctx.alloc());
    password = new UpstreamPassword(upstream, encoder, channel);
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
      refuse(ctx, "the upstream does not offer TLS");
      return;
    }
    SslHandler tls = dialer.tls(upstream).newHandler(ctx.alloc(), upstream.host(), upstream.port());
    ctx.pipeline().addFirst(tls);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof SslHandshakeCompletionEvent tls) {
      if (tls.isSuccess()) {
        start(ctx, UpstreamChannel.of(ctx.pipeline().get(SslHandler.class).engine().getSession()));
      } else {
        refuse(ctx, "the upstream's certificate cannot be verified");
      }
    }
  }

  private void typed(ChannelHandlerContext ctx, PostgresqlMessage message) {
    switch (message.type()) {
      case PostgresqlMessage.AUTHENTICATION -> authentication(ctx, message.body());
      case PostgresqlMessage.PARAMETER_STATUS -> parameter(message);
      case PostgresqlMessage.BACKEND_KEY_DATA -> key = CancelKey.read(message.body());
      case PostgresqlMessage.NOTICE_RESPONSE -> {}
      case PostgresqlMessage.ERROR_RESPONSE ->
          fail(ctx, UpstreamRefusal.of(Report.read(message.body())));
      case PostgresqlMessage.READY_FOR_QUERY -> ready(ctx);
      default -> throw ProtocolViolation.malformed("an unexpected message during sign-in");
    }
  }

  private void authentication(ChannelHandlerContext ctx, Body body) {
    if (password == null) {
      throw ProtocolViolation.malformed("an authentication request before start-up");
    }
    password.answer(
        body, ctx.executor(), answer -> ctx.writeAndFlush(answer), reason -> refuse(ctx, reason));
  }

  private void parameter(PostgresqlMessage message) {
    Body body = message.body();
    String name = body.text();
    String value = body.text();
    LexicalState.checkFirst(name, value);
    if (name.equals(IN_HOT_STANDBY)) {
      tellsItsRole = true;
      replica = !value.equals("off");
    }
    parameters.add(message.frames().retain());
  }

  private void ready(ChannelHandlerContext ctx) {
    if (key == null || password == null || !password.accepted()) {
      throw ProtocolViolation.malformed("the upstream is ready before sign-in is complete");
    }
    if (upstream.target() == Upstream.Target.PRIMARY && !(tellsItsRole && !replica)) {
      fail(
          ctx,
          new UpstreamFailure(
              PostgresqlReplies.fatal(SqlState.UNABLE_TO_CONNECT, notPrimary()),
              UpstreamFailure.Kind.NOT_SERVING));
      return;
    }
    done = true;
    then.signedIn(new SignedIn(ctx.channel(), List.copyOf(parameters), key));
  }

  private String notPrimary() {
    return tellsItsRole
        ? "the upstream is a replica, and a primary is asked for"
        // From PostgreSQL 14 on it does.
        : "the upstream does not say whether it is a primary, and a primary is asked for";
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    lost(ctx, "the upstream closed the connection during sign-in");
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    switch (cause) {
      case ProtocolViolation violation -> refuse(ctx, WHAT_FAILED + violation.getMessage());
      case LexicalState.LexicalStateException other ->
          refuse(ctx, WHAT_FAILED + other.getMessage());
      case IOException reset -> lost(ctx, "the connection to the upstream was lost during sign-in");
      default -> refuse(ctx, WHAT_FAILED + cause.getClass().getSimpleName());
    }
  }

  private void lost(ChannelHandlerContext ctx, String message) {
    fail(
        ctx,
        new UpstreamFailure(
            PostgresqlReplies.fatal(SqlState.CONNECTION_FAILURE, message),
            UpstreamFailure.Kind.UNREACHABLE));
  }

  private void refuse(ChannelHandlerContext ctx, String message) {
    fail(
        ctx,
        new UpstreamFailure(
            PostgresqlReplies.fatal(SqlState.UNABLE_TO_CONNECT, message),
            UpstreamFailure.Kind.REFUSED));
  }

  private void fail(ChannelHandlerContext ctx, UpstreamFailure failure) {
    if (!done) {
      done = true;
      parameters.forEach(ByteBuf::release);
      ctx.close();
      then.failed(failure);
    }
  }
}

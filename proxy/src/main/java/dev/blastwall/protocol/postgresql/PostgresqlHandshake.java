package dev.blastwall.protocol.postgresql;

import dev.blastwall.command.Client;
import dev.blastwall.protocol.Admission;
import dev.blastwall.protocol.Observation;
import dev.blastwall.protocol.Secret;
import dev.blastwall.protocol.SignIn;
import dev.blastwall.protocol.Stopping;
import dev.blastwall.protocol.Upstream;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A client's first messages, up to the session (manual, "Start-up" and "SSL Session Encryption").
 * The token travels as a password, and a password is asked for only where nobody else can read it.
 */
final class PostgresqlHandshake extends ChannelInboundHandlerAdapter {

  /** From the first byte to the session, the upstream's part included. */
  static final Duration SIGN_IN_TIMEOUT = Duration.ofSeconds(60);

  private static final int MAJOR_VERSION = 3;
  private static final int NEWEST_MINOR_VERSION = 2;

  private final Environment environment;
  private final PostgresqlDecoder decoder;
  private final Runnable settled;
  private State state = new State.Starting();
  private boolean askedForTls;
  private boolean askedForGss;
  private boolean directTls;
  private boolean encrypted;
  private @Nullable Future<?> timeout;
  private Admission.@Nullable Admitted admitted;

  /**
   * A client that has said nothing yet.
   *
   * @param settled is run when it is signed in or over
   */
  PostgresqlHandshake(Environment environment, PostgresqlDecoder decoder, Runnable settled) {
    this.environment = environment;
    this.decoder = decoder;
    this.settled = settled;
  }

  /** How far a client has come; each state holds what the next one needs. */
  private sealed interface State {
    record Starting() implements State {}

    record AwaitingToken(StartupParameters parameters, int minorVersion) implements State {}

    record SigningIn(StartupParameters parameters, int minorVersion) implements State {}

    record Over() implements State {}
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    timeout =
        ctx.executor()
            .schedule(
                () -> deny(ctx, SqlState.INVALID_AUTHORIZATION, "sign-in took too long"),
                SIGN_IN_TIMEOUT.toMillis(),
                TimeUnit.MILLISECONDS);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    switch (event) {
      case FirstByte.DirectTls begun -> directTls = true;
      case SslHandshakeCompletionEvent tls -> encrypted(ctx, tls);
      case Stopping stopping -> deny(ctx, SqlState.GOODBYE, "the gateway stops");
      default -> {}
    }
  }

  private void encrypted(ChannelHandlerContext ctx, SslHandshakeCompletionEvent tls) {
    SslHandler handler = ctx.pipeline().get(SslHandler.class);
    boolean named = PostgresqlProtocol.NAME.equals(handler.applicationProtocol());
    if (!tls.isSuccess() || directTls && !named) {
      close(ctx);
      return;
    }
    encrypted = true;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object read) {
    PostgresqlMessage message = (PostgresqlMessage) read;
    try {
      switch (state) {
        case State.Starting starting -> untyped(ctx, message.body());
        case State.AwaitingToken(StartupParameters parameters, int minorVersion) -> {
          state = new State.SigningIn(parameters, minorVersion);
          token(ctx, message, parameters);
        }
        case State.SigningIn signingIn ->
            throw ProtocolViolation.malformed("a message before sign-in is complete");
        case State.Over over -> {}
      }
    } catch (StartupRefusedException e) {
      deny(ctx, e.report());
    } finally {
      message.release();
    }
  }

  private void untyped(ChannelHandlerContext ctx, Body body) {
    int code = body.int32();
    switch (code) {
      case PostgresqlEncoder.SSL_REQUEST -> sslRequest(ctx, body);
      case PostgresqlEncoder.GSS_ENCRYPTION_REQUEST -> gssRequest(ctx, body);
      case PostgresqlEncoder.CANCEL_REQUEST -> {
        environment.cancelKeys().cancel(CancelKey.read(body), address(ctx).getAddress());
        close(ctx);
      }
      default -> start(ctx, code >>> 16, code & 0xFFFF, body);
    }
  }

  private void sslRequest(ChannelHandlerContext ctx, Body body) {
    body.end();
    if (askedForTls || encrypted) {
      throw ProtocolViolation.malformed("TLS was asked for twice");
    }
    askedForTls = true;
    refuseStuffing();
    // The one byte that may leave before the TLS handshake.
    ctx.writeAndFlush(ctx.alloc().buffer(1).writeByte('S'));
    ctx.pipeline().addFirst(environment.tls().newHandler(ctx.alloc()));
  }

  private void gssRequest(ChannelHandlerContext ctx, Body body) {
    body.end();
    if (askedForGss || encrypted) {
      throw ProtocolViolation.malformed("GSS encryption was asked for twice");
    }
    askedForGss = true;
    refuseStuffing();
    ctx.writeAndFlush(ctx.alloc().buffer(1).writeByte('N'));
  }

  /** Bytes that came in clear must never be read as if TLS had protected them (CVE-2021-23222). */
  private void refuseStuffing() {
    if (decoder.holdsMore()) {
      throw ProtocolViolation.malformed("unencrypted data behind a request for encryption");
    }
  }

  private void start(ChannelHandlerContext ctx, int major, int minor, Body body) {
    if (major != MAJOR_VERSION) {
      deny(
          ctx,
          SqlState.FEATURE_NOT_SUPPORTED,
          "unsupported frontend protocol %d.%d: the gateway speaks 3.0 to 3.%d"
              .formatted(major, minor, NEWEST_MINOR_VERSION));
      return;
    }
    StartupParameters parameters = StartupParameters.read(body);
    if (!mayCarryToken(ctx)) {
      deny(
          ctx,
          PostgresqlReplies.fatal(
                  SqlState.INVALID_AUTHORIZATION, "the gateway takes a token over TLS only")
              .with(Report.HINT, "Connect with sslmode=verify-full, or at least sslmode=require."));
      return;
    }
    decoder.started();
    PostgresqlEncoder encoder = new PostgresqlEncoder(ctx.alloc());
    if (minor > NEWEST_MINOR_VERSION || !parameters.unknownOptions().isEmpty()) {
      ctx.write(encoder.negotiateProtocolVersion(parameters.unknownOptions()));
    }
    ctx.writeAndFlush(encoder.authenticationCleartextPassword());
    state = new State.AwaitingToken(parameters, minor);
  }

  private boolean mayCarryToken(ChannelHandlerContext ctx) {
    return encrypted
        || environment.tokensInClear() && address(ctx).getAddress().isLoopbackAddress();
  }

  private static InetSocketAddress address(ChannelHandlerContext ctx) {
    return (InetSocketAddress) ctx.channel().remoteAddress();
  }

  private void token(
      ChannelHandlerContext ctx, PostgresqlMessage message, StartupParameters parameters) {
    if (message.type() != PostgresqlMessage.PASSWORD) {
      throw ProtocolViolation.malformed("a password was expected");
    }
    Body body = message.body();
    Secret token = new Secret(body.text());
    body.end();
    Client client =
        new Client(address(ctx).getAddress().getHostAddress(), parameters.application(), encrypted);
    environment
        .gate()
        .admit(
            new SignIn(
                PostgresqlProtocol.NAME,
                parameters.connection(),
                parameters.database(),
                token,
                client),
            ctx.channel().eventLoop(),
            admission -> admission(ctx, admission));
  }

  private void admission(ChannelHandlerContext ctx, Admission admission) {
    switch (admission) {
      case Admission.Denied denied -> deny(ctx, PostgresqlReplies.denied(denied.refusal()));
      case Admission.Admitted in -> {
        if (state instanceof State.SigningIn(StartupParameters parameters, int minorVersion)) {
          admitted = in;
          dial(ctx, in, parameters, minorVersion);
        } else {
          in.session().close("the client hung up during sign-in");
        }
      }
    }
  }

  private void dial(
      ChannelHandlerContext ctx,
      Admission.Admitted in,
      StartupParameters parameters,
      int minorVersion) {
    UpstreamSignIn.Then then =
        new UpstreamSignIn.Then() {
          @Override
          public void signedIn(UpstreamSignIn.SignedIn upstream) {
            begin(ctx, in, upstream, minorVersion);
          }

          @Override
          public void failed(Report report) {
            upstreamFailed(ctx, report);
          }
        };
    Upstream address = in.upstream();
    UpstreamSignIn signIn =
        new UpstreamSignIn(address, environment.dialer(), parameters.settings(), then);
    ChannelFuture dialled = environment.dialer().dial(address, ctx.channel().eventLoop(), signIn);
    dialled.addListener(connected -> {
      if (!connected.isSuccess()) {
        upstreamFailed(
            ctx,
            PostgresqlReplies.fatal(SqlState.UNABLE_TO_CONNECT, "the upstream cannot be reached"));
      }
    });
    ctx.channel().closeFuture().addListener(closed -> abandon(dialled.channel()));
  }

  private void abandon(Channel upstream) {
    if (!(state instanceof State.Over)) {
      upstream.close();
    }
  }

  private void upstreamFailed(ChannelHandlerContext ctx, Report report) {
    if (admitted != null) {
      admitted.session().observe(new Observation.Fault(report.field(Report.MESSAGE)));
    }
    deny(ctx, report);
  }

  private void begin(
      ChannelHandlerContext ctx,
      Admission.Admitted in,
      UpstreamSignIn.SignedIn upstream,
      int minorVersion) {
    if (!(state instanceof State.SigningIn)) {
      upstream.parameters().forEach(ByteBuf::release);
      upstream.channel().close();
      return;
    }
    state = new State.Over();
    settle();
    Ends ends = new Ends(ctx.channel(), upstream.channel(), in.upstream());
    SessionStart.begin(environment, in.session(), ends, upstream, minorVersion >= 2, ctx);
  }

  private void deny(ChannelHandlerContext ctx, String sqlState, String message) {
    deny(ctx, PostgresqlReplies.fatal(sqlState, message));
  }

  private void deny(ChannelHandlerContext ctx, Report report) {
    if (state instanceof State.Over) {
      return;
    }
    ByteBuf error =
        new PostgresqlEncoder(ctx.alloc()).report(PostgresqlMessage.ERROR_RESPONSE, report);
    over(report.field(Report.MESSAGE));
    ctx.writeAndFlush(error).addListener(ChannelFutureListener.CLOSE);
  }

  private void close(ChannelHandlerContext ctx) {
    over("the client hung up during sign-in");
    ctx.close();
  }

  private void over(String why) {
    state = new State.Over();
    settle();
    if (admitted != null) {
      admitted.session().close(why);
    }
  }

  private void settle() {
    settled.run();
    if (timeout != null) {
      timeout.cancel(false);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (!(state instanceof State.Over)) {
      close(ctx);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof ProtocolViolation violation) {
      deny(ctx, violation.sqlState(), String.valueOf(violation.getMessage()));
    } else {
      ReferenceCountUtil.release(cause);
      close(ctx);
    }
  }
}

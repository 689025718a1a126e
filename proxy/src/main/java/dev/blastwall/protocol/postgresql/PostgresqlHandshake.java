package dev.blastwall.protocol.postgresql;

import dev.blastwall.command.Client;
import dev.blastwall.protocol.Admission;
import dev.blastwall.protocol.Credential;
import dev.blastwall.protocol.SignIn;
import dev.blastwall.protocol.Stopping;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A client on its way from the first byte to the session: what it wants ({@link Opening}), who it
 * is ({@link ClientSignIn}), whether it may come in, and a server for it ({@link SessionOpening}).
 */
final class PostgresqlHandshake extends ChannelInboundHandlerAdapter {

  private final Environment environment;
  private final Opening opening;
  private final ClientSignIn signIn;
  private final Runnable settled;
  private State state = new State.Starting();
  private @Nullable Future<?> timeout;
  private @Nullable SessionOpening begun;

  /** Set as soon as there is a channel, before anything happens on it. */
  private @Nullable ChannelHandlerContext context;

  /**
   * A client that has said nothing yet.
   *
   * @param settled is run when it is signed in or over
   */
  PostgresqlHandshake(Environment environment, PostgresqlDecoder decoder, Runnable settled) {
    this.environment = environment;
    this.settled = settled;
    this.opening = new Opening(environment.side(), decoder, new Wish());
    this.signIn = ClientSignIn.by(environment.side().method());
  }

  /** How far a client has come; each state holds what the next one needs. */
  private sealed interface State {
    record Starting() implements State {}

    record Proving(StartupParameters parameters, int minorVersion) implements State {}

    record SigningIn(StartupParameters parameters, int minorVersion) implements State {}

    record Over() implements State {}
  }

  /** What the client wants. */
  private final class Wish implements Opening.Then {

    @Override
    public void start(int minorVersion, StartupParameters parameters) {
      state = new State.Proving(parameters, minorVersion);
      signIn.ask(ctx(), new Proof());
    }

    @Override
    public void cancel(CancelKey key) {
      environment.cancelKeys().cancel(key, Opening.address(ctx()));
      close();
    }
  }

  /** Who the client is. */
  private final class Proof implements ClientSignIn.Then {

    @Override
    public void presented(Credential credential) {
      if (state instanceof State.Proving(StartupParameters parameters, int minorVersion)) {
        admit(credential, new State.SigningIn(parameters, minorVersion));
      }
    }

    @Override
    public void denied(Report report) {
      deny(report);
    }
  }

  /** What becomes of a client that was let in. */
  private final class Begun implements SessionOpening.Then {

    @Override
    public void settled() {
      state = new State.Over();
      settle();
    }

    @Override
    public void denied(Report report) {
      deny(report);
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
    timeout =
        ctx.executor()
            .schedule(
                () -> deny(SqlState.INVALID_AUTHORIZATION, "sign-in took too long"),
                environment.side().patience().toMillis(),
                TimeUnit.MILLISECONDS);
  }

  private ChannelHandlerContext ctx() {
    if (context == null) {
      throw new IllegalStateException("not in a pipeline");
    }
    return context;
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    switch (event) {
      case FirstByte.DirectTls begun -> opening.directTls();
      case SslHandshakeCompletionEvent tls -> {
        if (!opening.encrypted(ctx, tls)) {
          close();
        }
      }
      case Stopping stopping -> deny(SqlState.GOODBYE, "the gateway stops");
      default -> {}
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object read) {
    PostgresqlMessage message = (PostgresqlMessage) read;
    try {
      switch (state) {
        case State.Starting starting -> opening.message(ctx, message.body());
        case State.Proving proving -> signIn.answer(ctx, message, new Proof());
        case State.SigningIn signingIn ->
            throw ProtocolViolation.malformed("a message before sign-in is complete");
        case State.Over over -> {}
      }
    } catch (StartupRefusedException e) {
      deny(e.report());
    } finally {
      message.release();
    }
  }

  private void admit(Credential credential, State.SigningIn signingIn) {
    state = signingIn;
    StartupParameters parameters = signingIn.parameters();
    Client client =
        new Client(
            Opening.address(ctx()).getHostAddress(),
            parameters.application(),
            opening.isEncrypted());
    environment
        .gate()
        .admit(
            new SignIn(
                PostgresqlProtocol.NAME,
                parameters.connection(),
                parameters.database(),
                credential,
                client),
            ctx().channel().eventLoop(),
            this::admission);
  }

  private void admission(Admission admission) {
    switch (admission) {
      case Admission.Denied denied -> {
        Report report = PostgresqlReplies.denied(denied.refusal());
        if (state instanceof State.SigningIn(StartupParameters parameters, int minorVersion)) {
          state = new State.Proving(parameters, minorVersion);
          signIn.refused(ctx(), report, new Proof());
        }
      }
      case Admission.Admitted in -> {
        if (state instanceof State.SigningIn signingIn) {
          begun =
              new SessionOpening(
                  environment,
                  in,
                  signingIn.parameters(),
                  signingIn.minorVersion(),
                  ctx(),
                  new Begun());
          begun.begin();
        } else {
          in.session().close("the client hung up during sign-in");
        }
      }
    }
  }

  private void deny(String sqlState, String message) {
    deny(PostgresqlReplies.fatal(sqlState, message));
  }

  private void deny(Report report) {
    if (state instanceof State.Over) {
      return;
    }
    ByteBuf error =
        new PostgresqlEncoder(ctx().alloc()).report(PostgresqlMessage.ERROR_RESPONSE, report);
    over(report.field(Report.MESSAGE));
    ctx().writeAndFlush(error).addListener(ChannelFutureListener.CLOSE);
  }

  private void close() {
    over("the client hung up during sign-in");
    ctx().close();
  }

  private void over(String why) {
    state = new State.Over();
    settle();
    if (begun != null) {
      begun.abandon(why);
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
      close();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof ProtocolViolation violation) {
      deny(violation.sqlState(), String.valueOf(violation.getMessage()));
    } else {
      ReferenceCountUtil.release(cause);
      close();
    }
  }
}

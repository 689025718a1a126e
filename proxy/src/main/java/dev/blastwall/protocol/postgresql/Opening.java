package dev.blastwall.protocol.postgresql;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * What a client says before it says who it is: messages without a type, each at most once, until
 * StartupMessage or CancelRequest (manual, "Start-up", "SSL Session Encryption", "GSSAPI Session
 * Encryption").
 */
final class Opening {

  private static final int MAJOR_VERSION = 3;
  private static final int NEWEST_MINOR_VERSION = 2;

  /** Gets what the client wants in the end. */
  interface Then {
    /** It wants a session. */
    void start(int minorVersion, StartupParameters parameters);

    /** It wants somebody's command cancelled; there is no answer. */
    void cancel(CancelKey key);
  }

  private final ClientSide side;
  private final PostgresqlDecoder decoder;
  private final Then then;
  private boolean askedForTls;
  private boolean askedForGss;
  private boolean directTls;
  private boolean encrypted;

  Opening(ClientSide side, PostgresqlDecoder decoder, Then then) {
    this.side = side;
    this.decoder = decoder;
    this.then = then;
  }

  /** TLS begins without having been asked for: its protocol must then be named. */
  void directTls() {
    directTls = true;
  }

  /**
   * TLS is there or has failed.
   *
   * @return whether the connection may go on
   */
  boolean encrypted(ChannelHandlerContext ctx, SslHandshakeCompletionEvent tls) {
    String name = ctx.pipeline().get(SslHandler.class).applicationProtocol();
    encrypted = tls.isSuccess() && (!directTls || PostgresqlProtocol.NAME.equals(name));
    return encrypted;
  }

  boolean isEncrypted() {
    return encrypted;
  }

  void message(ChannelHandlerContext ctx, Body body) {
    int code = body.int32();
    switch (code) {
      case PostgresqlEncoder.SSL_REQUEST -> sslRequest(ctx, body);
      case PostgresqlEncoder.GSS_ENCRYPTION_REQUEST -> gssRequest(ctx, body);
      case PostgresqlEncoder.CANCEL_REQUEST -> then.cancel(CancelKey.read(body));
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
    ctx.pipeline().addFirst(side.tls().newHandler(ctx.alloc()));
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
      throw new StartupRefusedException(
          SqlState.FEATURE_NOT_SUPPORTED,
          "unsupported frontend protocol %d.%d: the gateway speaks 3.0 to 3.%d"
              .formatted(major, minor, NEWEST_MINOR_VERSION));
    }
    StartupParameters parameters = StartupParameters.read(body);
    if (!mayCarryCredential(ctx)) {
      throw new StartupRefusedException(
          PostgresqlReplies.fatal(
                  SqlState.INVALID_AUTHORIZATION, "the gateway lets clients in over TLS only")
              .with(Report.HINT, "Connect with sslmode=verify-full, or at least sslmode=require."));
    }
    decoder.started();
    if (minor > NEWEST_MINOR_VERSION || !parameters.unknownOptions().isEmpty()) {
      ctx.write(
          new PostgresqlEncoder(ctx.alloc()).negotiateProtocolVersion(parameters.unknownOptions()));
    }
    then.start(minor, parameters);
  }

  /** A token may only go where nobody else can read it, and a certificate goes nowhere else. */
  private boolean mayCarryCredential(ChannelHandlerContext ctx) {
    return encrypted
        || side.inClear()
            && !(side.method() instanceof SignInMethod.Certificate)
            && address(ctx).isLoopbackAddress();
  }

  static InetAddress address(ChannelHandlerContext ctx) {
    return ((InetSocketAddress) ctx.channel().remoteAddress()).getAddress();
  }
}

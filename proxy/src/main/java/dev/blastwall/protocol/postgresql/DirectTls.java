package dev.blastwall.protocol.postgresql;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslContext;
import java.util.List;

/**
 * Looks at a connection's first byte: a TLS record without SSLRequest before it is direct TLS
 * (manual, "SSL Session Encryption"). Then it is gone.
 */
final class DirectTls extends ByteToMessageDecoder {

  /** Tells the handshake that TLS began without being asked for: ALPN is then mandatory. */
  enum Begun {
    BEGUN
  }

  private static final byte TLS_HANDSHAKE = 0x16;

  private final SslContext tls;

  DirectTls(SslContext tls) {
    this.tls = tls;
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    if (in.getByte(in.readerIndex()) == TLS_HANDSHAKE) {
      ctx.pipeline().addAfter(ctx.name(), null, tls.newHandler(ctx.alloc()));
      ctx.fireUserEventTriggered(Begun.BEGUN);
    }
    ctx.pipeline().remove(this);
  }
}

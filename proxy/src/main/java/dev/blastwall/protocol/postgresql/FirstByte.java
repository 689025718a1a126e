package dev.blastwall.protocol.postgresql;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslContext;
import java.util.List;

/**
 * Looks at a connection's first byte, then it is gone. A TLS record without SSLRequest before it is
 * direct TLS (manual, "SSL Session Encryption"). A letter begins no message of PostgreSQL's, which
 * all begin with a length below 10,000, but those of HTTP: a browser gets words that it can show.
 */
final class FirstByte extends ByteToMessageDecoder {

  /** Tells the handshake that TLS began without being asked for: ALPN is then mandatory. */
  enum DirectTls {
    BEGUN
  }

  private static final byte TLS_HANDSHAKE = 0x16;

  private static final String NOT_HERE =
      """
      HTTP/1.1 400 Bad Request\r
      Content-Type: text/plain\r
      Connection: close\r
      \r
      This is Blastwall's port for PostgreSQL clients, not for HTTP: connect with psql or a driver.
      """;

  private final SslContext tls;
  private boolean answered;

  FirstByte(SslContext tls) {
    this.tls = tls;
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    byte first = in.getByte(in.readerIndex());
    if (first >= 'A' && first <= 'Z') {
      in.skipBytes(in.readableBytes());
      notHere(ctx);
      return;
    }
    if (first == TLS_HANDSHAKE) {
      ctx.pipeline().addAfter(ctx.name(), null, tls.newHandler(ctx.alloc()));
      ctx.fireUserEventTriggered(DirectTls.BEGUN);
    }
    ctx.pipeline().remove(this);
  }

  private void notHere(ChannelHandlerContext ctx) {
    if (!answered) {
      answered = true;
      ctx.writeAndFlush(ByteBufUtil.writeAscii(ctx.alloc(), NOT_HERE))
          .addListener(ChannelFutureListener.CLOSE);
    }
  }
}

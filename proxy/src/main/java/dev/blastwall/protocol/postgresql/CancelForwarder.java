package dev.blastwall.protocol.postgresql;

import dev.blastwall.protocol.Dialer;
import dev.blastwall.protocol.Upstream;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;

/**
 * Cancels what one session runs upstream, on a connection of its own (manual, "Canceling Requests
 * in Progress"), encrypted like the session's. There is no answer.
 */
final class CancelForwarder {

  private static final byte TLS_ACCEPTED = 'S';

  private final Dialer dialer;
  private final Upstream upstream;
  private final CancelKey key;

  CancelForwarder(Dialer dialer, Upstream upstream, CancelKey key) {
    this.dialer = dialer;
    this.upstream = upstream;
    this.key = key;
  }

  void cancel(EventLoop loop) {
    dialer.dial(upstream, loop, new Sender());
  }

  private final class Sender extends ChannelInboundHandlerAdapter {

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
      switch (upstream.tls()) {
        case DISABLE -> send(ctx);
        case VERIFY_FULL -> ctx.writeAndFlush(new PostgresqlEncoder(ctx.alloc()).sslRequest());
      }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object answer) {
      boolean accepted =
          answer instanceof ByteBuf bytes
              && bytes.readableBytes() == 1
              && bytes.getByte(bytes.readerIndex()) == TLS_ACCEPTED;
      ReferenceCountUtil.release(answer);
      if (accepted) {
        ctx.pipeline()
            .addFirst(
                dialer.tls(upstream).newHandler(ctx.alloc(), upstream.host(), upstream.port()));
      } else {
        ctx.close();
      }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      if (event instanceof SslHandshakeCompletionEvent tls && tls.isSuccess()) {
        send(ctx);
      }
    }

    private void send(ChannelHandlerContext ctx) {
      ctx.writeAndFlush(new PostgresqlEncoder(ctx.alloc()).cancelRequest(key))
          .addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      ctx.close();
    }
  }
}

package dev.blastwall.protocol.postgresql;

import dev.blastwall.protocol.Dialer;
import dev.blastwall.protocol.Upstream;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;

/**
 * Cancels what one session runs upstream, on a connection of its own (manual, "Canceling Requests
 * in Progress"), encrypted like the session's. There is no answer.
 */
final class CancelForwarder {

  private static final int PATIENCE_SECONDS = 5;
  private static final byte TLS_ACCEPTED = 'S';

  private final Dialer dialer;
  private final Upstream upstream;
  private final CancelKey key;

  CancelForwarder(Dialer dialer, Upstream upstream, CancelKey key) {
    this.dialer = dialer;
    this.upstream = upstream;
    this.key = key;
  }

  /**
   * Cancels what runs now.
   *
   * @param then is run on {@code loop} once the upstream has passed it on, or it came to nothing:
   *     the server signals the session's process before it closes the connection
   */
  void cancel(EventLoop loop, Runnable then) {
    dialer
        .dial(upstream, loop, new Sender())
        .addListener((ChannelFuture dialled) -> {
          dialled.channel().closeFuture().addListener(closed -> then.run());
          loop.schedule(() -> dialled.channel().close(), PATIENCE_SECONDS, TimeUnit.SECONDS);
        });
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
      ctx.writeAndFlush(new PostgresqlEncoder(ctx.alloc()).cancelRequest(key));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      ctx.close();
    }
  }
}

package dev.blastwall.protocol;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContext;

/** What a protocol needs to reach an upstream. Implemented by transport. */
public interface Dialer {

  /**
   * Opens a connection.
   *
   * @param upstream where to
   * @param loop the client's own event loop, so that both ends of a session share one thread
   * @param first the handler that gets the connection's first event
   * @return completes on {@code loop} when connected, or fails within the connect timeout
   */
  ChannelFuture dial(Upstream upstream, EventLoop loop, ChannelHandler first);

  /**
   * The checks that an upstream with {@link Upstream.Tls#VERIFY_FULL} must pass. The protocol adds
   * the handler itself, where its own negotiation says so, with the upstream's host as peer.
   *
   * @param upstream one that the dialer was made for
   */
  SslContext tls(Upstream upstream);
}

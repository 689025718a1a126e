package dev.blastwall.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The threads of the data plane: one loop per core, epoll where the system has it. */
public final class EventLoops implements AutoCloseable {

  private static final int ONE_PER_CORE = Runtime.getRuntime().availableProcessors();
  private static final long QUIET_MILLIS = 0;

  /** Parts of the time after which a silent peer is dead; at the end of each it is probed. */
  private static final int PROBES = 3;

  private static final long STOP_MILLIS = 5_000;

  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(ONE_PER_CORE, ioHandlerFactory());

  private static IoHandlerFactory ioHandlerFactory() {
    return Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
  }

  EventLoopGroup group() {
    return group;
  }

  static Class<? extends ServerChannel> serverChannel() {
    return Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
  }

  static Class<? extends SocketChannel> channel() {
    return Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class;
  }

  /**
   * Lets a connection end when its peer's kernel has been silent for so long: a peer that lost its
   * power or its network says no goodbye. Where the system has no epoll its own keepalive counts.
   */
  static void detectDead(Bootstrap bootstrap, Duration silence) {
    bootstrap.option(ChannelOption.SO_KEEPALIVE, true);
    if (Epoll.isAvailable()) {
      int seconds = Math.toIntExact(Math.max(PROBES, silence.toSeconds()));
      bootstrap
          .option(EpollChannelOption.TCP_USER_TIMEOUT, Math.toIntExact(silence.toMillis()))
          .option(EpollChannelOption.TCP_KEEPIDLE, seconds / PROBES)
          .option(EpollChannelOption.TCP_KEEPINTVL, seconds / PROBES)
          .option(EpollChannelOption.TCP_KEEPCNT, PROBES - 1);
    }
  }

  /** Stops the loops once every task that was already given to them is done. */
  @Override
  public void close() {
    group
        .shutdownGracefully(QUIET_MILLIS, STOP_MILLIS, TimeUnit.MILLISECONDS)
        .awaitUninterruptibly();
  }
}

package dev.blastwall.transport;

import dev.blastwall.protocol.Protocol;
import dev.blastwall.protocol.Stopping;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** One address at which clients of one protocol come in. Accepts from construction to close. */
public final class Listener implements AutoCloseable {

  /** Bytes that may wait to be written before a session stops reading the other side. */
  static final WriteBufferWaterMark WRITE_MARKS = new WriteBufferWaterMark(128 * 1024, 512 * 1024);

  private static final int BACKLOG = 1024;
  private static final long GOODBYE_MILLIS = 2_000;

  private final Channel server;
  private final ChannelGroup clients = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);

  private Listener(ServerBootstrap bootstrap, InetSocketAddress address, Protocol protocol)
      throws IOException {
    bootstrap.childHandler(new Accept(protocol, clients));
    var bound = bootstrap.bind(address).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException(
          "Cannot listen on " + address + " for " + protocol.name() + ": " + bound.cause(),
          bound.cause());
    }
    server = bound.channel();
  }

  /**
   * Starts to accept clients.
   *
   * @param loops the threads that serve them
   * @param address where; port 0 takes any free one
   * @param protocol what they speak
   * @throws IOException when the address is taken or not ours
   */
  public static Listener bind(EventLoops loops, InetSocketAddress address, Protocol protocol)
      throws IOException {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loops.group())
            .channel(EventLoops.serverChannel())
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WRITE_MARKS);
    return new Listener(bootstrap, address, protocol);
  }

  /** Where it listens, with the port that was really taken. */
  public InetSocketAddress address() {
    return (InetSocketAddress) server.localAddress();
  }

  /** Stops accepting, lets every session say goodbye, and cuts those that do not go. */
  @Override
  public void close() {
    server.close().awaitUninterruptibly();
    clients.forEach(client -> client.pipeline().fireUserEventTriggered(Stopping.INSTANCE));
    clients.newCloseFuture().awaitUninterruptibly(GOODBYE_MILLIS, TimeUnit.MILLISECONDS);
    clients.close().awaitUninterruptibly();
  }

  private static final class Accept extends ChannelInitializer<Channel> {
    private final Protocol protocol;
    private final ChannelGroup clients;

    Accept(Protocol protocol, ChannelGroup clients) {
      this.protocol = protocol;
      this.clients = clients;
    }

    @Override
    public boolean isSharable() {
      return true;
    }

    @Override
    protected void initChannel(Channel client) {
      clients.add(client);
      protocol.accept(client);
    }
  }
}

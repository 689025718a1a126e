package dev.blastwall.protocol.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastwall.protocol.Dialer;
import dev.blastwall.protocol.Protocol;
import dev.blastwall.protocol.Upstream;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * One side does not read: the gateway holds what it has read of the other side and not yet given to
 * its own kernel, and stops. Counted in bytes where they enter and leave the gateway.
 */
class BackpressureIT {

  private static final int MEGABYTE = 1_000_000;

  private final TestGateway real = TestGateway.shared();
  private final BlockingQueue<Counter> clients = new LinkedBlockingQueue<>();
  private final BlockingQueue<Counter> upstreams = new LinkedBlockingQueue<>();
  private SmallGateway gateway;
  private RawClient client;
  private Counter clientSide;
  private Counter upstreamSide;

  /** What went through a socket; belongs to its event loop. */
  private static final class Counter extends ChannelDuplexHandler {
    private final Channel channel;
    private long read;
    private long written;

    Counter(Channel channel) {
      this.channel = channel;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      read += ((ByteBuf) message).readableBytes();
      ctx.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
      int length = ((ByteBuf) message).readableBytes();
      ctx.write(message, promise.unvoid().addListener(done -> written += length));
    }

    void awaitStopped() {
      while (channel.config().isAutoRead()) {
        Thread.onSpinWait();
      }
    }
  }

  private Dialer counting(Dialer dialer) {
    return new Dialer() {
      @Override
      public ChannelFuture dial(Upstream upstream, EventLoop loop, ChannelHandler first) {
        ChannelFuture dialled = dialer.dial(upstream, loop, first);
        Counter counter = new Counter(dialled.channel());
        dialled.channel().pipeline().addFirst(counter);
        upstreams.add(counter);
        return dialled;
      }

      @Override
      public SslContext tls(Upstream upstream) {
        return dialer.tls(upstream);
      }
    };
  }

  private Protocol counting(Protocol protocol) {
    return new Protocol() {
      @Override
      public String name() {
        return protocol.name();
      }

      @Override
      public void accept(Channel channel) {
        Counter counter = new Counter(channel);
        channel.pipeline().addFirst(counter);
        clients.add(counter);
        protocol.accept(channel);
      }
    };
  }

  @BeforeEach
  void signIn() throws Exception {
    gateway = new SmallGateway(real.upstream(), this::counting, this::counting);
    client = RawClient.signedIn(gateway.address());
    clientSide = clients.take();
    upstreamSide = upstreams.take();
  }

  @AfterEach
  void hangUp() throws IOException {
    client.close();
    gateway.close();
  }

  /** Bytes that came in from {@code from} and have not left to {@code to}. */
  private static long held(Counter from, Counter to) throws Exception {
    return from.channel.eventLoop().submit(() -> from.read - to.written).get();
  }

  @Test
  void aClientThatStopsReadingMakesTheServerWait() throws Exception {
    client.send("select repeat('x', 10000) from generate_series(1, 1000000)");
    upstreamSide.awaitStopped();
    assertThat(held(upstreamSide, clientSide)).isPositive().isLessThan(MEGABYTE);
  }

  @Test
  void rowsOfAMegabyteAreHeldWholeAndNoMoreThanAFew() throws Exception {
    client.send("select repeat('x', 1000000) from generate_series(1, 10000)");
    upstreamSide.awaitStopped();
    assertThat(held(upstreamSide, clientSide)).isPositive().isLessThan(3 * MEGABYTE);
  }

  @Test
  void aServerThatStopsReadingMakesTheClientWait() throws Exception {
    int rows = 64_000;
    try (Connection direct = real.direct();
        Statement statement = direct.createStatement()) {
      slowTable(statement);
      client.send("copy slow from stdin");
      assertThat(client.read().type()).isEqualTo('G');
      CompletableFuture<Void> sent = new CompletableFuture<>();
      Thread.ofVirtual().start(() -> send(rows, sent));

      clientSide.awaitStopped();
      assertThat(held(clientSide, upstreamSide)).isPositive().isLessThan(MEGABYTE);

      statement.execute("select pg_advisory_unlock(42)");
      sent.join();
      assertThat(client.read().text()).isEqualTo("COPY " + rows + "\0");
    }
  }

  /** Rows go into it only while nobody else holds a lock. */
  private static void slowTable(Statement statement) throws SQLException {
    statement.execute(
        """
        create table if not exists slow (line text);
        create or replace function slowly() returns trigger language plpgsql as $$
          begin perform pg_advisory_lock_shared(42); perform pg_advisory_unlock_shared(42);
          return new; end $$;
        create or replace trigger slowly before insert on slow for each row
          execute function slowly();
        select pg_advisory_lock(42)\
        """);
  }

  private void send(int rows, CompletableFuture<Void> sent) {
    byte[] row = RawClient.message('d', ("y".repeat(999) + "\n").getBytes(StandardCharsets.UTF_8));
    try {
      for (int i = 0; i < rows; i++) {
        client.write(row);
      }
      client.write(RawClient.message('c'));
      sent.complete(null);
    } catch (IOException e) {
      sent.completeExceptionally(e);
    }
  }
}

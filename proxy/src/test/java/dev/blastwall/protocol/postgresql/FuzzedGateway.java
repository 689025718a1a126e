package dev.blastwall.protocol.postgresql;

import static dev.blastwall.protocol.postgresql.RawClient.all;
import static dev.blastwall.protocol.postgresql.RawClient.message;
import static dev.blastwall.protocol.postgresql.RawClient.startup;

import dev.blastwall.protocol.Dialer;
import dev.blastwall.protocol.FakeGate;
import dev.blastwall.protocol.Stopping;
import dev.blastwall.protocol.Upstream;
import dev.blastwall.protocol.sql.SqlUnderstanding;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContext;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One client and its upstream with the whole pipeline between them, in memory. Only the catalog is
 * that of a real server, read on the fuzzer's own thread. What must hold whatever either side says:
 * no exception reaches the end of a pipeline, nothing is unjudged that reaches the upstream, no
 * masked value reaches the client or the record, sessions are closed once, and no buffer is left.
 */
final class FuzzedGateway {

  /** What the values of masked rows are made of; nothing else a server says holds it. */
  static final byte SECRET = 0x16;

  private static final int HEADER = 5;
  private static final int SHOWN = 4;
  private static final int ROUNDS = 10_000;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final int CANCEL_REQUEST = 80877102;
  private static final SqlUnderstanding UNDERSTANDING = new SqlUnderstanding(1);
  private static final PostgresqlCatalog CATALOG =
      new PostgresqlCatalog(UNDERSTANDING, Runnable::run);
  private static final Upstream UPSTREAM = TestGateway.shared().upstream();
  private static final SslContext TLS = tls();

  final FuzzGate gate;
  private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
  private final List<FuzzWire> upstreams = new ArrayList<>();
  private final List<FuzzWire> cancellers = new ArrayList<>();
  private final PostgresqlProtocol protocol;
  private final FuzzWire client;
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

  FuzzedGateway(int rules) {
    gate = new FuzzGate(UPSTREAM, rules);
    protocol =
        new PostgresqlProtocol(
            gate, ClientSide.of(TLS, true), new WireDialer(), UNDERSTANDING, CATALOG);
    client = connected();
  }

  private static SslContext tls() {
    try {
      return SmallGateway.tls();
    } catch (java.io.IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private FuzzWire connected() {
    FuzzWire wire = new FuzzWire(allocator);
    protocol.accept(wire);
    return wire;
  }

  /** The first connection is the session's, all others carry cancels. */
  private final class WireDialer implements Dialer {
    @Override
    public ChannelFuture dial(Upstream upstream, EventLoop loop, ChannelHandler first) {
      FuzzWire wire = new FuzzWire(allocator, first);
      upstreams.add(wire);
      return wire.newSucceededFuture();
    }

    @Override
    public SslContext tls(Upstream upstream) {
      throw new AssertionError("the upstream has no TLS");
    }
  }

  /** The client signs in; {@link #letIn} is the upstream's part. */
  void signIn() {
    client(startup(3 << 16, "user", "mallory", "database", "shop"));
    client(message('p', FakeGate.TOKEN + "\0"));
  }

  void letIn() {
    server(
        all(
            message('R', "\0\0\0\0"),
            message('S', "in_hot_standby\0off\0"),
            message('K', "\0\0\0\1\0\0\0\2"),
            message('Z', "I")));
  }

  /** Reads the texts of messages before the gateway does: its answers then come at once. */
  static void understand(byte[] messages) {
    ByteBuffer in = ByteBuffer.wrap(messages);
    while (in.remaining() > HEADER) {
      byte type = in.get();
      byte[] body = new byte[Math.clamp(in.getInt() - 4L, 0, in.remaining())];
      in.get(body);
      String[] texts = new String(body, StandardCharsets.UTF_8).split("\0", 3);
      if (type == 'Q' || type == 'P') {
        understand(type == 'P' && texts.length > 1 ? texts[1] : texts[0]);
      }
    }
  }

  private static void understand(String text) {
    CompletableFuture<Object> answer = new CompletableFuture<>();
    UNDERSTANDING.understand(text, Runnable::run, answer::complete);
    answer.join();
  }

  void client(byte[] bytes) {
    client.hears(bytes);
    settle();
  }

  void server(byte[] bytes) {
    if (!upstreams.isEmpty()) {
      upstreams.getFirst().hears(bytes);
      settle();
    }
  }

  /** What reached the upstream since the last call. */
  byte[] reachedUpstream() {
    return upstreams.isEmpty() ? new byte[0] : upstreams.getFirst().said();
  }

  void settle() {
    boolean busy = true;
    for (int i = 0; busy; i++) {
      busy = client.settle();
      for (FuzzWire upstream : List.copyOf(upstreams)) {
        busy |= upstream.settle();
      }
      if (i > ROUNDS) {
        throw new AssertionError("it never comes to rest");
      }
    }
    hear();
  }

  private void hear() {
    byte[] more = client.said();
    shown.writeBytes(more);
    if (gate.is(FuzzGate.MASKS) && showsSecret(more)) {
      throw new AssertionError("a masked value reached the client");
    }
  }

  static boolean showsSecret(byte[] bytes) {
    int run = 0;
    for (byte next : bytes) {
      run = next == SECRET ? run + 1 : 0;
      if (run == SHOWN) {
        return true;
      }
    }
    return false;
  }

  void cancel() {
    byte[] key = key();
    FuzzWire canceller = connected();
    cancellers.add(canceller);
    canceller.hears(RawClient.request(CANCEL_REQUEST, key));
    settle();
    upstreams.stream().skip(1).forEach(FuzzWire::hangUp);
    settle();
  }

  /** BackendKeyData, or nothing yet. */
  private byte[] key() {
    ByteBuffer all = ByteBuffer.wrap(shown.toByteArray());
    while (all.remaining() > 4) {
      byte type = all.get();
      int length = all.getInt() - 4;
      if (length < 0 || length > all.remaining()) {
        break;
      }
      if (type == 'K') {
        return Arrays.copyOfRange(all.array(), all.position(), all.position() + length);
      }
      all.position(all.position() + length);
    }
    return new byte[8];
  }

  void passTime(long seconds) {
    client.advanceTimeBy(seconds, TimeUnit.SECONDS);
    upstreams.forEach(upstream -> upstream.advanceTimeBy(seconds, TimeUnit.SECONDS));
    settle();
  }

  void stop() {
    client.pipeline().fireUserEventTriggered(Stopping.INSTANCE);
    settle();
  }

  void clientHangsUp() {
    client.hangUp();
    settle();
  }

  void serverHangsUp() {
    if (!upstreams.isEmpty()) {
      upstreams.getFirst().hangUp();
      settle();
    }
  }

  /** Everybody hangs up; then nothing may be left. */
  void finish() {
    answerAll();
    clientHangsUp();
    List.copyOf(upstreams).forEach(FuzzWire::hangUp);
    cancellers.forEach(FuzzWire::hangUp);
    settle();
    reachedUpstream();
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (held() > 0 && System.nanoTime() < end) {
      // Something is still at work elsewhere, such as SCRAM.
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
      answerAll();
    }
    if (held() > 0) {
      throw new AssertionError(held() + " bytes of buffers are left");
    }
    gate.check();
  }

  private void answerAll() {
    settle();
    while (gate.isAsked()) {
      gate.answer();
      settle();
    }
  }

  private long held() {
    return allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory();
  }
}

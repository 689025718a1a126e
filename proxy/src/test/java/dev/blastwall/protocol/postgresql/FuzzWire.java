package dev.blastwall.protocol.postgresql;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandler;
import io.netty.channel.DefaultChannelId;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * One of the gateway's connections, in memory. The other end reads and writes plain bytes; what
 * waits for its event loop is done when the fuzzer says so.
 */
final class FuzzWire extends EmbeddedChannel {

  private static final SocketAddress PEER =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 5432);

  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final EventLoop loop;

  FuzzWire(ByteBufAllocator allocator, ChannelHandler... handlers) {
    super(null, DefaultChannelId.newInstance(), false, false, handlers);
    config().setAllocator(allocator);
    loop =
        (EventLoop)
            Proxy.newProxyInstance(
                EventLoop.class.getClassLoader(),
                new Class<?>[] {EventLoop.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("execute")) {
                    // An embedded loop would run it in the middle of a write, as no real one does.
                    tasks.add((Runnable) arguments[0]);
                    return null;
                  }
                  try {
                    return method.invoke(super.eventLoop(), arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    try {
      register();
      freezeTime();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public EventLoop eventLoop() {
    return loop == null ? super.eventLoop() : loop;
  }

  @Override
  protected SocketAddress remoteAddress0() {
    return PEER;
  }

  /** The peer says {@code bytes}; what the gateway could not handle is thrown. */
  void hears(byte[] bytes) {
    if (isOpen() && bytes.length > 0) {
      writeInbound(alloc().buffer(bytes.length).writeBytes(bytes));
    }
  }

  /** Does what waits for the event loop; whether there was anything. */
  boolean settle() {
    boolean any = false;
    for (Runnable next = tasks.poll(); next != null; next = tasks.poll()) {
      next.run();
      any = true;
    }
    runPendingTasks();
    checkException();
    return any;
  }

  /** What the gateway has said since the last call. */
  byte[] said() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (ByteBuf next = readOutbound(); next != null; next = readOutbound()) {
      try {
        next.readBytes(all, next.readableBytes());
      } catch (IOException e) {
        throw new IllegalStateException(e);
      } finally {
        next.release();
      }
    }
    return all.toByteArray();
  }

  /** The peer hangs up, and nothing is left over. */
  void hangUp() {
    if (finish()) {
      said();
    }
    if (!inboundMessages().isEmpty()) {
      throw new AssertionError("nobody handled " + inboundMessages());
    }
  }
}

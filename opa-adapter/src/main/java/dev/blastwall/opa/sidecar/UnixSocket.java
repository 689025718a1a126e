package dev.blastwall.opa.sidecar;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * A Unix domain socket with the face of a {@link Socket}, which the JDK has only as a channel: as
 * much of it as an HTTP client uses.
 */
final class UnixSocket extends Socket {
  private final UnixDomainSocketAddress address;
  private final SocketChannel channel;
  private final InputStream in = new Input();
  private volatile int readTimeout;

  UnixSocket(UnixDomainSocketAddress address) throws IOException {
    this.address = address;
    this.channel = SocketChannel.open(StandardProtocolFamily.UNIX);
  }

  /** Connects to the path, whatever the endpoint; whoever waits no longer closes the socket. */
  @Override
  public void connect(@Nullable SocketAddress endpoint, int timeout) throws IOException {
    channel.connect(address);
  }

  @Override
  public void connect(@Nullable SocketAddress endpoint) throws IOException {
    connect(endpoint, 0);
  }

  @Override
  public InputStream getInputStream() {
    return in;
  }

  @Override
  public OutputStream getOutputStream() {
    return Channels.newOutputStream(channel);
  }

  /** Milliseconds; 0 is for ever. */
  @Override
  public void setSoTimeout(int timeout) {
    readTimeout = timeout;
  }

  @Override
  public int getSoTimeout() {
    return readTimeout;
  }

  @Override
  public void setTcpNoDelay(boolean on) {
    // Nothing is ever delayed here.
  }

  @Override
  public boolean isConnected() {
    return channel.isConnected();
  }

  @Override
  public boolean isClosed() {
    return !channel.isOpen();
  }

  @Override
  public @Nullable InetAddress getInetAddress() {
    return null;
  }

  @Override
  public SocketAddress getRemoteSocketAddress() {
    return address;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  @Override
  public void shutdownInput() throws IOException {
    channel.shutdownInput();
  }

  @Override
  public void shutdownOutput() throws IOException {
    channel.shutdownOutput();
  }

  @Override
  public String toString() {
    return address.toString();
  }

  private final class Input extends InputStream {
    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (readTimeout > 0) {
        awaitReadable();
      }
      return channel.read(ByteBuffer.wrap(bytes, offset, length));
    }
  }

  /** Rarely: an HTTP client looks this way whether a connection that it kept is still alive. */
  private void awaitReadable() throws IOException {
    try (Selector selector = channel.provider().openSelector()) {
      channel.configureBlocking(false);
      SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
      boolean readable = selector.select(readTimeout) > 0;
      key.cancel();
      selector.selectNow();
      if (!channel.isOpen()) {
        throw new SocketException("the socket was closed");
      }
      channel.configureBlocking(true);
      if (!readable) {
        throw new SocketTimeoutException("nothing came within " + readTimeout + " ms");
      }
    }
  }
}

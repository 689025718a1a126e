package dev.blastwall.e2e;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.SocketFactory;

/** Sockets that keep every byte that a driver receives; the driver makes them by this name. */
public final class TappedSockets extends SocketFactory {

  private static final ByteArrayOutputStream RECEIVED = new ByteArrayOutputStream();

  /** What has come since the last call, one character for each byte. */
  static String take() {
    synchronized (RECEIVED) {
      String bytes = RECEIVED.toString(StandardCharsets.ISO_8859_1);
      RECEIVED.reset();
      return bytes;
    }
  }

  @Override
  public Socket createSocket() {
    return new Socket() {
      @Override
      public InputStream getInputStream() throws IOException {
        return new FilterInputStream(super.getInputStream()) {
          @Override
          public int read() throws IOException {
            int next = super.read();
            if (next >= 0) {
              keep(new byte[] {(byte) next}, 0, 1);
            }
            return next;
          }

          @Override
          public int read(byte[] to, int from, int most) throws IOException {
            int count = super.read(to, from, most);
            keep(to, from, Math.max(0, count));
            return count;
          }
        };
      }
    };
  }

  private static void keep(byte[] bytes, int from, int count) {
    synchronized (RECEIVED) {
      RECEIVED.write(bytes, from, count);
    }
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    throw new IOException("connected only by the driver");
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress from, int fromPort)
      throws IOException {
    return createSocket(host, port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return createSocket(host.getHostName(), port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
      throws IOException {
    return createSocket(host, port);
  }
}

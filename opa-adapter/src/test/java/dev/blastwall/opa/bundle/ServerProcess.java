package dev.blastwall.opa.bundle;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/** A real server, on a port that was free; it is over when the test is. */
public final class ServerProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int ATTEMPTS = 5;

  private final Process process;
  private final int port;
  private final ConcurrentLinkedQueue<String> output = new ConcurrentLinkedQueue<>();

  private ServerProcess(Process process, int port) {
    this.process = process;
    this.port = port;
    Thread.ofVirtual().start(this::drain);
  }

  /**
   * Starts a server and waits until it accepts. If somebody else took the port in between, it is
   * tried with another.
   */
  public static ServerProcess start(
      IntFunction<List<String>> command, Map<String, String> environment) throws IOException {
    for (int i = 0; i < ATTEMPTS; i++) {
      ServerProcess server = started(command, environment);
      if (server.accepts()) {
        return server;
      }
      server.close();
    }
    throw new IOException("the server does not start");
  }

  private static ServerProcess started(
      IntFunction<List<String>> command, Map<String, String> environment) throws IOException {
    int port = freePort();
    ProcessBuilder builder = new ProcessBuilder(command.apply(port)).redirectErrorStream(true);
    builder.environment().putAll(environment);
    return new ServerProcess(builder.start(), port);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void drain() {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      reader.lines().forEach(output::add);
    } catch (IOException e) {
      output.add(e.toString());
    }
  }

  private boolean accepts() throws IOException {
    for (Instant end = Instant.now().plus(PATIENCE); Instant.now().isBefore(end); ) {
      if (!process.isAlive()) {
        return false;
      }
      if (connects()) {
        return true;
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
    throw new SocketTimeoutException("the server does not accept: " + output);
  }

  private boolean connects() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  public int port() {
    return port;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}

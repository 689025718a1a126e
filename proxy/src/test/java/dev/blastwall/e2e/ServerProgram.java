package dev.blastwall.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/**
 * A real server on a port that was free; it is over when the test is.
 *
 * @param port where it listens, on this machine
 */
record ServerProgram(Process process, int port) implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int ATTEMPTS = 5;

  /** Starts one until it accepts; when somebody else took the port in between, with another. */
  static ServerProgram start(
      Path log, Map<String, String> environment, IntFunction<List<String>> command)
      throws IOException {
    for (int i = 0; i < ATTEMPTS; i++) {
      int port = freePort();
      ProcessBuilder builder =
          new ProcessBuilder(command.apply(port))
              .redirectErrorStream(true)
              .redirectOutput(log.toFile());
      builder.environment().putAll(environment);
      ServerProgram server = new ServerProgram(builder.start(), port);
      if (server.accepts()) {
        return server;
      }
      server.close();
    }
    throw new IOException("the server does not start; " + log + " says why");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private boolean accepts() {
    for (Instant end = Instant.now().plus(PATIENCE); Instant.now().isBefore(end); ) {
      if (!process.isAlive()) {
        return false;
      }
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
        return true;
      } catch (IOException notYet) {
        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      }
    }
    throw new AssertionError("the server does not accept");
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}

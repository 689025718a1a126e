package dev.blastwall.opa.bundle;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A plain HTTP server with ETags; on request one that keeps a client until there is news. */
final class BundleServer implements AutoCloseable {
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;
  private final boolean longPolling;
  private byte[] archive = {};
  private int version;
  private int status = 200;

  /** What clients asked for, as "If-None-Match|Prefer|Authorization -> status". */
  final BlockingQueue<String> requests = new LinkedBlockingQueue<>();

  BundleServer(boolean longPolling) throws IOException {
    this.longPolling = longPolling;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  URI url(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  synchronized void serve(byte[] bytes) {
    archive = bytes;
    version++;
    status = 200;
    notifyAll();
  }

  synchronized void fail(int with) {
    status = with;
    notifyAll();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String known = header(exchange, "If-None-Match");
      int answer = decide(known, header(exchange, "Prefer"));
      byte[] body = body();
      exchange.getResponseHeaders().set("ETag", etag());
      exchange
          .getResponseHeaders()
          .set(
              "Content-Type",
              longPolling ? "application/vnd.openpolicyagent.bundles" : "application/gzip");
      requests.add(
          known
              + "|"
              + header(exchange, "Prefer")
              + "|"
              + header(exchange, "Authorization")
              + " -> "
              + answer);
      exchange.sendResponseHeaders(answer, answer == 200 ? body.length : -1);
      if (answer == 200) {
        exchange.getResponseBody().write(body);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String header(HttpExchange exchange, String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)).orElse("");
  }

  private synchronized String etag() {
    return "\"v" + version + "\"";
  }

  private synchronized byte[] body() {
    return archive;
  }

  private synchronized int decide(String known, String prefer) throws InterruptedException {
    if (longPolling && prefer.contains("wait=")) {
      while (status == 200 && etag().equals(known)) {
        wait();
      }
    }
    return status == 200 && etag().equals(known) ? 304 : status;
  }

  /** Waits for a request. */
  String awaitRequest() throws InterruptedException {
    String request = requests.poll(120, TimeUnit.SECONDS);
    if (request == null) {
      throw new AssertionError("nobody asked");
    }
    return request;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}

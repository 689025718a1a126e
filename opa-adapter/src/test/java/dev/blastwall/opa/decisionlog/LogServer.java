package dev.blastwall.opa.decisionlog;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.Json;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.Value;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;

/** A service that takes decision logs, and checks that they come as OPA's do. */
final class LogServer implements AutoCloseable {
  /**
   * A request.
   *
   * @param line method and path
   * @param headers type, encoding and authorization
   * @param size of the body as it came, in bytes
   */
  record Upload(String line, List<String> headers, int size, List<ObjectValue> events) {}

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;
  private final BlockingQueue<Upload> taken = new LinkedBlockingQueue<>();
  private final BlockingQueue<Upload> refused = new LinkedBlockingQueue<>();
  private volatile int status = 200;

  LogServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  URI url(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  void answerWith(int newStatus) {
    status = newStatus;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      int answer = status;
      Upload upload = upload(exchange);
      exchange.sendResponseHeaders(answer, -1);
      (answer == 200 ? taken : refused).add(upload);
    }
  }

  private static Upload upload(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    return new Upload(
        exchange.getRequestMethod() + " " + exchange.getRequestURI(),
        List.of(
            header(exchange, "Content-Type"),
            header(exchange, "Content-Encoding"),
            header(exchange, "Authorization")),
        body.length,
        events(body));
  }

  private static String header(HttpExchange exchange, String name) {
    return String.valueOf(exchange.getRequestHeaders().getFirst(name));
  }

  private static List<ObjectValue> events(byte[] body) throws IOException {
    List<ObjectValue> events = new ArrayList<>();
    try (var in = new GZIPInputStream(new ByteArrayInputStream(body))) {
      for (Value event : ((ArrayValue) Json.read(in.readAllBytes())).asList()) {
        events.add((ObjectValue) event);
      }
    }
    return events;
  }

  /** Waits for an upload that was taken. */
  Upload awaitTaken() throws InterruptedException {
    return await(taken);
  }

  /** Waits for an upload that was refused. */
  Upload awaitRefused() throws InterruptedException {
    return await(refused);
  }

  private static Upload await(BlockingQueue<Upload> uploads) throws InterruptedException {
    Upload upload = uploads.poll(120, TimeUnit.SECONDS);
    if (upload == null) {
      throw new AssertionError("nothing was uploaded");
    }
    return upload;
  }

  /** Waits until so many events were taken. */
  List<ObjectValue> awaitEvents(int count) throws InterruptedException {
    List<ObjectValue> events = new ArrayList<>();
    while (events.size() < count) {
      events.addAll(awaitTaken().events());
    }
    return events;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}

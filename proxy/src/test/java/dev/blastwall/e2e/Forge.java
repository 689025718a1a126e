package dev.blastwall.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Takes comments on a pull request by POST and bundles by PUT, and gives the bundles out again with
 * ETags. Who writes needs the token.
 */
final class Forge implements AutoCloseable {

  static final String TOKEN = "a-token-of-the-pipeline";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final List<JsonNode> comments = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  Forge() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** What was said since the last time that somebody asked. */
  List<JsonNode> comments() {
    List<JsonNode> said = List.copyOf(comments);
    comments.clear();
    return said;
  }

  boolean holds(String path) {
    return files.containsKey(path);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String path = exchange.getRequestURI().getPath();
      String authorization = exchange.getRequestHeaders().getFirst("Authorization");
      if (exchange.getRequestMethod().equals("GET")) {
        give(exchange, path);
      } else if (!Objects.equals(authorization, "Bearer " + TOKEN)) {
        exchange.sendResponseHeaders(401, -1);
      } else if (exchange.getRequestMethod().equals("PUT")) {
        files.put(path, body);
        exchange.sendResponseHeaders(201, -1);
      } else {
        comments.add(JSON.readTree(body));
        exchange.sendResponseHeaders(201, -1);
      }
    }
  }

  private void give(HttpExchange exchange, String path) throws IOException {
    byte[] file = files.get(path);
    if (file == null) {
      exchange.sendResponseHeaders(404, -1);
    } else {
      exchange.getResponseHeaders().set("ETag", "\"" + file.length + "\"");
      exchange.sendResponseHeaders(200, file.length);
      exchange.getResponseBody().write(file);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

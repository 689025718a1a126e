package dev.blastwall.opa.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpTransportTest {
  private static final Map<String, String> CREDENTIAL = Map.of("Authorization", "Bearer t0ken");

  private final List<HttpServer> servers = new ArrayList<>();
  private final ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();

  @AfterEach
  void stop() {
    servers.forEach(server -> server.stop(0));
  }

  @Test
  void aCredentialDoesNotFollowToAnotherHost() throws Exception {
    // Given
    URI other = serve(exchange -> send(exchange, 200, "it"));
    URI first = serve(exchange -> redirect(exchange, other.resolve("/there")));

    // When
    String body = get(first, CREDENTIAL);

    // Then
    assertThat(body).isEqualTo("it");
    assertThat(heard).containsExactly("/ Bearer t0ken", "/there null");
  }

  @Test
  void aCredentialFollowsOnTheSameHost() throws Exception {
    // Given
    URI server =
        serve(exchange -> {
          if (exchange.getRequestURI().getPath().equals("/")) {
            redirect(exchange, URI.create("/there"));
          } else {
            send(exchange, 200, "it");
          }
        });

    // When
    String body = get(server, CREDENTIAL);

    // Then
    assertThat(body).isEqualTo("it");
    assertThat(heard).containsExactly("/ Bearer t0ken", "/there Bearer t0ken");
  }

  @Test
  void redirectionsEnd() throws Exception {
    URI server = serve(exchange -> redirect(exchange, URI.create("/again")));
    assertThatThrownBy(() -> get(server, Map.of()))
        .isInstanceOf(FetchException.class)
        .hasMessageContaining("redirects without end");
  }

  @Test
  void aRedirectionToSomethingElseThanTheWebIsRefused() throws Exception {
    URI server = serve(exchange -> redirect(exchange, URI.create("file:///etc/passwd")));
    assertThatThrownBy(() -> get(server, Map.of()))
        .isInstanceOf(FetchException.class)
        .hasMessageContaining("not HTTPS");
  }

  @Test
  void anAnswerWithoutEndIsNotRead() throws Exception {
    URI server =
        serve(exchange -> {
          exchange.sendResponseHeaders(200, 0);
          try {
            for (int i = 0; i < 10_000; i++) {
              exchange.getResponseBody().write(new byte[1000]);
            }
          } catch (IOException gone) {
            exchange.close();
          }
        });
    assertThatThrownBy(() -> get(server, Map.of())).isInstanceOf(FetchException.class);
  }

  @Test
  void aServerThatIsAwayIsNamed() {
    assertThatThrownBy(() -> get(URI.create("http://127.0.0.1:1/x"), Map.of()))
        .isInstanceOf(FetchException.class)
        .hasMessageContaining("http://127.0.0.1:1/x cannot be had");
  }

  @Test
  void aRegistryThatWantsATokenGetsOne() throws Exception {
    // Given: the token is for the login, the artifact for the token.
    URI tokens =
        serve(exchange ->
            send(
                exchange,
                200,
                exchange.getRequestURI().getQuery().contains("scope=repository:policies/shop:pull")
                    ? "{\"token\":\"for-the-artifact\"}"
                    : "{}"));
    URI registry =
        serve(exchange -> {
          if ("Bearer for-the-artifact"
              .equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            send(exchange, 200, "{}");
          } else {
            exchange
                .getResponseHeaders()
                .set(
                    "WWW-Authenticate",
                    "Bearer realm=\"" + tokens.resolve("/token") + "\",service=\"registry\"");
            send(exchange, 401, "");
          }
        });
    BundleSource.Oci source =
        new BundleSource.Oci(
            registry,
            "policies/shop",
            "v1",
            Optional.of(new BundleSource.Login("reader", new SecretRef.Text("secret"))),
            Optional.empty());

    // When
    int status;
    try (OciRegistry client = new OciRegistry(source, BundleLimits.DEFAULT)) {
      status = client.get("manifests/v1", "*/*").statusCode();
    }

    // Then
    String login = Base64.getEncoder().encodeToString("reader:secret".getBytes());
    assertThat(status).isEqualTo(200);
    assertThat(heard)
        .containsExactly(
            "/v2/policies/shop/manifests/v1 null",
            "/token Basic " + login,
            "/v2/policies/shop/manifests/v1 Bearer for-the-artifact");
  }

  private String get(URI url, Map<String, String> headers) throws Exception {
    try (HttpTransport transport = new HttpTransport(Optional.empty(), 1_000_000)) {
      return new String(transport.get(url, headers, Duration.ZERO).body(), StandardCharsets.UTF_8);
    }
  }

  private URI serve(HttpHandler handler) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          heard.add(
              exchange.getRequestURI().getPath()
                  + " "
                  + exchange.getRequestHeaders().getFirst("Authorization"));
          handler.handle(exchange);
        });
    server.start();
    servers.add(server);
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  private static void redirect(HttpExchange exchange, URI to) throws IOException {
    exchange.getResponseHeaders().set("Location", to.toString());
    send(exchange, 307, "");
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    try (exchange) {
      exchange.getResponseBody().write(bytes);
    }
  }
}

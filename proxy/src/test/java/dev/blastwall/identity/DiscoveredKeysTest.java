package dev.blastwall.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiscoveredKeysTest {

  private record Page(int status, String body, Map<String, String> headers) {}

  private final Map<String, Page> pages = new ConcurrentHashMap<>();
  private final HttpServer server = start();
  private final String issuer =
      "http://127.0.0.1:" + server.getAddress().getPort() + "/realms/shop";
  private final HttpClient http = HttpClient.newHttpClient();
  private final DiscoveredKeys keys = new DiscoveredKeys(http, issuer);

  private HttpServer start() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            Page page =
                pages.getOrDefault(exchange.getRequestURI().getPath(), new Page(404, "", Map.of()));
            page.headers().forEach(exchange.getResponseHeaders()::set);
            byte[] body = Forge.utf8(page.body());
            exchange.sendResponseHeaders(page.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
          });
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterEach
  void stop() {
    http.shutdownNow();
    server.stop(0);
  }

  private void serve(String path, String body) {
    pages.put(path, new Page(200, body, Map.of()));
  }

  private void serveConfiguration(String issuerName, String keysUri) {
    serve(
        "/realms/shop/.well-known/openid-configuration",
        "{\"issuer\":\"%s\",\"jwks_uri\":\"%s\"}".formatted(issuerName, keysUri));
  }

  private void assertUnavailable(String message) {
    assertThatExceptionOfType(KeysUnavailableException.class)
        .isThrownBy(keys::fetch)
        .withMessageContaining(message);
  }

  @Test
  void keysAreFoundByDiscovery() throws KeysUnavailableException {
    serveConfiguration(issuer, issuer + "/keys");
    serve("/realms/shop/keys", new JWKSet(Forge.KEYS).toString());

    assertThat(keys.fetch()).extracting(JWK::getKeyID).contains("rsa", "ec", "ed");
  }

  @Test
  void aSharedSecretInTheSetIsDropped() throws KeysUnavailableException {
    serveConfiguration(issuer, issuer + "/keys");
    serve("/realms/shop/keys", "{\"keys\":[{\"kty\":\"oct\",\"k\":\"c2VjcmV0\"}]}");

    assertThat(keys.fetch()).isEmpty();
  }

  @Test
  void anotherIssuersConfigurationIsRefused() {
    serveConfiguration(issuer + "/", issuer + "/keys");

    assertUnavailable("another issuer's configuration");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://keys.example/keys", "file:///etc/passwd", "", "no url", "ftp://127.0.0.1"})
  void keysComeOnlyFromASafePlace(String uri) {
    serveConfiguration(issuer, uri);

    assertUnavailable("no https URL");
  }

  @Test
  void aRedirectIsNotFollowed() {
    serveConfiguration(issuer, issuer + "/moved");
    pages.put("/realms/shop/moved", new Page(302, "", Map.of("Location", issuer + "/keys")));
    serve("/realms/shop/keys", new JWKSet(Forge.KEYS).toString());

    assertUnavailable("status 302");
  }

  @Test
  void aSetWithoutEndIsNotRead() {
    serveConfiguration(issuer, issuer + "/keys");
    serve("/realms/shop/keys", " ".repeat(DiscoveredKeys.MAX_BYTES + 1));

    assertUnavailable("cannot be read");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{\"issuer\":1,\"issuer\":2}", "<html>"})
  void aConfigurationThatIsNoneIsRefused(String body) {
    serve("/realms/shop/.well-known/openid-configuration", body);

    assertUnavailable("not readable");
  }

  @Test
  void aKeySetThatIsNoneIsRefused() {
    serveConfiguration(issuer, issuer + "/keys");
    serve("/realms/shop/keys", "{\"keys\":7}");

    assertUnavailable("not readable");
  }

  @Test
  void anIssuerThatIsGoneIsSaidToBeGone() {
    server.stop(0);

    assertUnavailable("cannot be read");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://idp.example",
        "http://127.0.0.1.idp.example",
        "ftp://idp.example",
        "https://user@idp.example",
        "https://idp.example?x=1",
        "https://idp.example#x",
        "idp.example",
        "https://",
        "no url"
      })
  void anIssuerThatCouldBeForgedCannotBeTrusted(String url) {
    assertThatIllegalArgumentException().isThrownBy(() -> TrustedIssuer.of(url, "blastwall"));
  }
}

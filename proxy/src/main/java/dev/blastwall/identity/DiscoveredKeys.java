package dev.blastwall.identity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Fetches keys by OpenID Connect Discovery 1.0, section 4: the issuer's configuration, then the key
 * set that it names. Follows no redirect, reads no more than {@link #MAX_BYTES}, waits no longer
 * than {@link #TIMEOUT} for each, the body included.
 */
final class DiscoveredKeys implements KeySource {

  static final int MAX_BYTES = 256 * 1024;
  static final Duration TIMEOUT = Duration.ofSeconds(10);

  private static final int OK = 200;

  private final HttpClient http;
  private final String issuer;

  /** The client must not follow redirects; that is its default. */
  DiscoveredKeys(HttpClient http, String issuer) {
    this.http = http;
    this.issuer = issuer;
  }

  @Override
  public List<JWK> fetch() throws KeysUnavailableException {
    ObjectNode configuration = json(configurationUri());
    // OpenID Connect Discovery 1.0, section 4.3: anything else is somebody else's configuration.
    if (!issuer.equals(configuration.path("issuer").textValue())) {
      throw new KeysUnavailableException(issuer + " answers with another issuer's configuration");
    }
    byte[] keys = get(keysUri(configuration));
    try {
      return JWKSet.parse(new String(keys, StandardCharsets.UTF_8)).toPublicJWKSet().getKeys();
    } catch (ParseException e) {
      throw new KeysUnavailableException("the key set of " + issuer + " is not readable", e);
    }
  }

  private URI configurationUri() {
    String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
    return URI.create(base + "/.well-known/openid-configuration");
  }

  private URI keysUri(ObjectNode configuration) throws KeysUnavailableException {
    String text = configuration.path("jwks_uri").asText();
    try {
      URI uri = URI.create(text);
      boolean downgrade = issuer.startsWith("https:") && !"https".equals(uri.getScheme());
      if (TrustedIssuer.isSafe(uri) && !downgrade) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // Falls through: the same answer.
    }
    throw new KeysUnavailableException("the jwks_uri of " + issuer + " is no https URL");
  }

  private ObjectNode json(URI uri) throws KeysUnavailableException {
    try {
      return StrictJson.object(get(uri));
    } catch (IllegalArgumentException e) {
      throw new KeysUnavailableException("the configuration of " + issuer + " is not readable", e);
    }
  }

  private byte[] get(URI uri) throws KeysUnavailableException {
    HttpRequest request =
        HttpRequest.newBuilder(uri).timeout(TIMEOUT).header("Accept", "application/json").build();
    HttpResponse<byte[]> response = await(uri, request);
    if (response.statusCode() != OK) {
      throw new KeysUnavailableException(uri + " answers with status " + response.statusCode());
    }
    return response.body();
  }

  private HttpResponse<byte[]> await(URI uri, HttpRequest request) throws KeysUnavailableException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_BYTES));
    try {
      // The request's own timeout ends with the headers; a body can drip for ever.
      return answer.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new KeysUnavailableException(uri + " did not answer in time", e);
    } catch (ExecutionException e) {
      throw new KeysUnavailableException(uri + " cannot be read: " + describe(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KeysUnavailableException("interrupted while reading " + uri, e);
    } finally {
      answer.cancel(true);
    }
  }

  private static String describe(ExecutionException e) {
    return e.getCause() instanceof IOException cause && cause.getMessage() != null
        ? cause.getMessage()
        : String.valueOf(e.getCause());
  }
}

package dev.blastwall.opa.bundle;

import dev.blastwall.opa.Json;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.StringValue;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Asks a registry, and signs in when it wants that: with a login, or with a token that it gives for
 * one (Distribution's documentation, Token Authentication Specification).
 */
final class OciRegistry implements AutoCloseable {
  private static final Pattern PARAMETER = Pattern.compile("([a-z_]+)=\"([^\"]*)\"");

  private final BundleSource.Oci source;
  private final HttpTransport transport;
  private @Nullable String authorization;

  OciRegistry(BundleSource.Oci source, BundleLimits limits) throws IOException {
    this.source = source;
    this.transport = new HttpTransport(source.authorities(), limits.bytes());
  }

  HttpResponse<byte[]> get(String path, String accept) throws IOException, InterruptedException {
    URI url = source.registry().resolve("/v2/" + source.repository() + "/" + path);
    HttpResponse<byte[]> response = send(url, accept);
    Optional<String> challenge = response.headers().firstValue("WWW-Authenticate");
    if (response.statusCode() != 401 || challenge.isEmpty()) {
      return response;
    }
    authorization = answer(challenge.get());
    return send(url, accept);
  }

  private HttpResponse<byte[]> send(URI url, String accept)
      throws IOException, InterruptedException {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Accept", accept);
    if (authorization != null) {
      headers.put("Authorization", authorization);
    }
    return transport.get(url, headers, Duration.ZERO);
  }

  private @Nullable String answer(String challenge) throws IOException, InterruptedException {
    if (!challenge.regionMatches(true, 0, "Bearer ", 0, 7)) {
      return basic();
    }
    Map<String, String> parameters = new HashMap<>();
    for (Matcher found = PARAMETER.matcher(challenge); found.find(); ) {
      parameters.put(found.group(1), found.group(2));
    }
    return "Bearer " + token(parameters);
  }

  private @Nullable String basic() throws IOException {
    if (source.login().isEmpty()) {
      return null;
    }
    BundleSource.Login login = source.login().get();
    String pair = login.user() + ":" + login.password().read();
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private String token(Map<String, String> challenge) throws IOException, InterruptedException {
    String login = basic();
    HttpResponse<byte[]> response =
        transport.get(
            tokenUrl(challenge),
            login == null ? Map.of() : Map.of("Authorization", login),
            Duration.ZERO);
    if (response.statusCode() == 200
        && Json.read(response.body()) instanceof ObjectValue json
        && (json.get("token") != null ? json.get("token") : json.get("access_token"))
            instanceof StringValue token) {
      return token.text();
    }
    throw new FetchException(
        "the registry of " + source + " gave no token; correct the login", response.statusCode());
  }

  private URI tokenUrl(Map<String, String> challenge) throws FetchException {
    String scope = "repository:" + source.repository() + ":pull";
    try {
      URI realm = URI.create(challenge.getOrDefault("realm", ""));
      if (!"https".equals(realm.getScheme()) && !"http".equals(source.registry().getScheme())) {
        throw new FetchException(
            "the registry of " + source + " asks for a login without TLS", null);
      }
      return URI.create(
          realm
              + (realm.getQuery() == null ? "?" : "&")
              + "service="
              + encoded(challenge.getOrDefault("service", ""))
              + "&scope="
              + encoded(scope));
    } catch (IllegalArgumentException e) {
      throw new FetchException("the registry of " + source + " asks for a login at no URL", e);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    transport.close();
  }
}

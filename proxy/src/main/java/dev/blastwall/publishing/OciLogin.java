package dev.blastwall.publishing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Signs in where a registry wants that: with user and password, or with a token that it gives for
 * them (Distribution's documentation, Token Authentication Specification).
 */
final class OciLogin {

  private static final Pattern PARAMETER = Pattern.compile("([a-z_]+)=\"([^\"]*)\"");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Destination.Oci to;
  private final Login login;
  private final HttpUpload http;
  private Optional<String> authorization = Optional.empty();

  OciLogin(Destination.Oci to, Login login, HttpUpload http) {
    this.to = to;
    this.login = login;
    this.http = http;
  }

  /** What a request to the registry carries; one to elsewhere carries nothing. */
  Map<String, String> headers(boolean atHome) {
    return atHome ? authorization(authorization) : Map.of();
  }

  private static Map<String, String> authorization(Optional<String> value) {
    return value.map(it -> Map.of("Authorization", it)).orElse(Map.of());
  }

  /** Whether another try is worth it. */
  boolean answer(HttpResponse<byte[]> refused)
      throws PublishingException, IOException, InterruptedException {
    String challenge = refused.headers().firstValue("WWW-Authenticate").orElse("");
    authorization =
        challenge.regionMatches(true, 0, "Bearer ", 0, 7)
            ? Optional.of("Bearer " + token(challenge))
            : login.basic();
    return authorization.isPresent();
  }

  private String token(String challenge)
      throws PublishingException, IOException, InterruptedException {
    Map<String, String> parameters = new HashMap<>();
    for (Matcher found = PARAMETER.matcher(challenge); found.find(); ) {
      parameters.put(found.group(1), found.group(2));
    }
    HttpResponse<byte[]> response =
        http.send(
            "GET", tokenUrl(parameters), "text/plain", new byte[0], authorization(login.basic()));
    HttpUpload.require(response, to, "POLICY_PUBLISH_USER or POLICY_PUBLISH_TOKEN");
    JsonNode json = JSON.readTree(response.body());
    return json.path("token").asText(json.path("access_token").asText());
  }

  private URI tokenUrl(Map<String, String> challenge) throws PublishingException {
    String scope = "repository:" + to.repository() + ":pull,push";
    try {
      URI realm = URI.create(challenge.getOrDefault("realm", ""));
      if (!"https".equals(realm.getScheme()) && !"http".equals(to.registry().getScheme())) {
        throw new PublishingException(to + " asks for a login without TLS");
      }
      String separator = realm.getRawQuery() == null ? "?" : "&";
      String service = encoded(challenge.getOrDefault("service", ""));
      return URI.create(realm + separator + "service=" + service + "&scope=" + encoded(scope));
    } catch (IllegalArgumentException e) {
      throw new PublishingException(to + " asks for a login at no URL", e);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}

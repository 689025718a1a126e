package dev.blastwall.publishing;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * What a web server or a registry wants to see.
 *
 * @param user only registries ask for one
 * @param token a bearer token, or the user's password
 */
public record Login(Optional<String> user, Optional<String> token) {

  /** Of the variables {@code POLICY_PUBLISH_USER} and {@code POLICY_PUBLISH_TOKEN}. */
  public static Login of(Map<String, String> environment) {
    return new Login(
        Optional.ofNullable(environment.get("POLICY_PUBLISH_USER")),
        Optional.ofNullable(environment.get("POLICY_PUBLISH_TOKEN")));
  }

  /** RFC 6750. */
  Optional<String> bearer() {
    return token.map(secret -> "Bearer " + secret);
  }

  /** RFC 7617. */
  Optional<String> basic() {
    return token.map(secret -> {
      byte[] pair = (user.orElse("") + ":" + secret).getBytes(StandardCharsets.UTF_8);
      return "Basic " + Base64.getEncoder().encodeToString(pair);
    });
  }

  @Override
  public String toString() {
    return "Login[" + user.orElse("") + ", (secret)]";
  }
}

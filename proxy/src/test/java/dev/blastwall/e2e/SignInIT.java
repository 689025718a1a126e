package dev.blastwall.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blastwall.demo.Demo;
import dev.blastwall.demo.DemoUser;
import dev.blastwall.demo.DevIssuer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tokens that prove nothing get no connection, and each attempt is in the recording. */
class SignInIT {

  private static RunningDemo demo;
  private static DevIssuer issuer;
  private static DevIssuer stranger;

  @BeforeAll
  static void start() throws Exception {
    demo = new RunningDemo();
    issuer = demo.demo().issuer();
    stranger = DevIssuer.start();
  }

  @AfterAll
  static void stop() {
    stranger.close();
    demo.close();
  }

  @Test
  void aWrongIssuer() throws Exception {
    isRefused(stranger.token(DemoUser.ALICE), "issuer");
  }

  @Test
  void aWrongAudience() throws Exception {
    isRefused(signedWith(claims -> claims.put("aud", "somebody-else")), "audience");
  }

  @Test
  void aWrongSignature() throws Exception {
    Map<String, Object> claims = stranger.claims(DemoUser.ALICE);
    claims.put("iss", issuer.issuer());
    isRefused(stranger.sign(claims), "key");
  }

  @Test
  void anExpiredToken() throws Exception {
    isRefused(
        signedWith(claims -> {
          claims.put("iat", Instant.now().minusSeconds(7200).getEpochSecond());
          claims.put("exp", Instant.now().minusSeconds(3600).getEpochSecond());
        }),
        "expired");
  }

  @Test
  void noSignatureAtAll() throws Exception {
    String payload = issuer.token(DemoUser.ALICE).split("\\.")[1];
    isRefused(encode("{\"alg\":\"none\"}") + "." + payload + ".", "");
  }

  @Test
  void thePublicKeyAsASecret() throws Exception {
    HttpResponse<byte[]> keys;
    try (HttpClient client = HttpClient.newHttpClient()) {
      keys =
          client.send(
              HttpRequest.newBuilder(URI.create(issuer.issuer() + "/keys")).build(),
              HttpResponse.BodyHandlers.ofByteArray());
    }
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(keys.body(), "HmacSHA256"));
    String signed =
        encode("{\"alg\":\"HS256\"}") + "." + issuer.token(DemoUser.ALICE).split("\\.")[1];
    byte[] signature = mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII));

    isRefused(signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature), "");
  }

  @Test
  void noToken() throws Exception {
    isRefused("secret", "");
  }

  private static String signedWith(Consumer<Map<String, Object>> change) {
    Map<String, Object> claims = issuer.claims(DemoUser.ALICE);
    change.accept(claims);
    return issuer.sign(claims);
  }

  private static void isRefused(String token, String because) throws Exception {
    int before = attempts();
    assertThatThrownBy(() ->
            DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:"
                    + demo.port()
                    + "/"
                    + Demo.CONNECTION
                    + "?sslmode=require",
                "alice",
                token))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).startsWith("28"))
        .hasMessageContaining(because);
    for (int i = 0; i < 200 && attempts() == before; i++) {
      java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
    }
    assertThat(attempts()).isEqualTo(before + 1);
    assertThat(demo.recorded()).doesNotContain(token);
  }

  private static int attempts() throws Exception {
    return demo.recorded().split("sign-in.denied", -1).length - 1;
  }

  private static String encode(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}

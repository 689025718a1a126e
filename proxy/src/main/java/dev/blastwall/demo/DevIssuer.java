package dev.blastwall.demo;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.blastwall.command.Principal.Kind;
import dev.blastwall.identity.KindRule;
import dev.blastwall.identity.SignatureAlgorithm;
import dev.blastwall.identity.TrustedIssuer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * An issuer for development: discovery and keys over http on loopback (OpenID Connect Discovery
 * 1.0, RFC 7517), tokens from the process that runs it. Its key lives as long as it does.
 */
public final class DevIssuer implements AutoCloseable {

  /** The audience of its tokens. */
  public static final String AUDIENCE = "blastwall";

  private static final Duration LIFETIME = Duration.ofHours(12);
  private static final String KEYS_PATH = "/keys";
  private static final int OK = 200;

  private final HttpServer server;
  private final ECKey key;
  private final String issuer;

  private DevIssuer(HttpServer server, ECKey key) {
    this.server = server;
    this.key = key;
    this.issuer = "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /**
   * Starts one on a free port.
   *
   * @throws IOException if there is none
   */
  public static DevIssuer start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    DevIssuer issuer = new DevIssuer(server, newKey());
    issuer.serve("/.well-known/openid-configuration", issuer.configuration());
    issuer.serve(KEYS_PATH, new JWKSet(issuer.key.toPublicJWK()).toString());
    server.start();
    return issuer;
  }

  private static ECKey newKey() {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(UUID.randomUUID().toString()).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException("every JDK has P-256", e);
    }
  }

  private void serve(String path, String json) {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    server.createContext(path, exchange -> answer(exchange, body));
  }

  private static void answer(HttpExchange exchange, byte[] body) throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(OK, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private String configuration() {
    return JSONObjectUtils.toJSONString(
        Map.of(
            "issuer",
            issuer,
            "jwks_uri",
            issuer + KEYS_PATH,
            "id_token_signing_alg_values_supported",
            List.of(JWSAlgorithm.ES256.getName())));
  }

  /** Its {@code iss}, which is also its address. */
  public String issuer() {
    return issuer;
  }

  /** How a gateway trusts it. */
  public TrustedIssuer trusted() {
    return new TrustedIssuer(
        issuer,
        Set.of(AUDIENCE),
        Set.of(SignatureAlgorithm.ES256),
        TrustedIssuer.DEFAULT_GROUP_CLAIMS,
        List.of(new KindRule("run_id", null, Kind.CI)),
        TrustedIssuer.DEFAULT_CLOCK_SKEW,
        TrustedIssuer.DEFAULT_MAX_LIFETIME,
        true);
  }

  /** An access token for {@code user}, good for half a day. */
  public String token(DemoUser user) {
    return sign(claims(user));
  }

  /** What {@link #token} signs, for tests that want it a little different. */
  public Map<String, Object> claims(DemoUser user) {
    Instant now = Instant.now();
    Map<String, Object> claims = new HashMap<>(user.claims());
    claims.put("iss", issuer);
    claims.put("sub", user.subject());
    claims.put("aud", AUDIENCE);
    claims.put("iat", now.getEpochSecond());
    claims.put("exp", now.plus(LIFETIME).getEpochSecond());
    claims.put("jti", UUID.randomUUID().toString());
    claims.put("groups", user.groups());
    return claims;
  }

  /** Signs any claims, right or wrong. */
  public String sign(Map<String, Object> claims) {
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.ES256)
            .keyID(key.getKeyID())
            .type(new JOSEObjectType("at+jwt"))
            .build();
    JWSObject token = new JWSObject(header, new Payload(claims));
    try {
      token.sign(new ECDSASigner(key));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException("every JDK signs with P-256", e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

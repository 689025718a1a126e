package dev.blastwall.opa.builtin;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The signature of a request for AWS (Signature Version 4).
 *
 * @param requestHeaders by name
 * @param body null if it is not to be signed
 * @param nanos the time of the signature, since 1970
 */
record AwsSignature(
    String method,
    GoUrl url,
    Map<String, String> requestHeaders,
    byte @Nullable [] body,
    Credentials credentials,
    long nanos) {
  private static final Set<String> UNSIGNED_HEADERS =
      Set.of("authorization", "user-agent", "x-amzn-trace-id");

  private static final Set<String> SERVICES_WITH_BODY_HASH = Set.of("s3", "glacier");

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /**
   * @param sessionToken empty unless the credentials are temporary
   */
  record Credentials(
      String service, String accessKey, String secretKey, String region, String sessionToken) {
    /** Without the secrets. */
    @Override
    public String toString() {
      return "Credentials[" + accessKey + " for " + service + " in " + region + "]";
    }
  }

  private String time() {
    return TIME.format(Instant.ofEpochSecond(0, nanos));
  }

  private String date() {
    return time().substring(0, 8);
  }

  private String scope() {
    return date() + "/" + credentials.region + "/" + credentials.service + "/aws4_request";
  }

  private String bodyHash() {
    return body == null ? "UNSIGNED-PAYLOAD" : hex(Digests.digest("SHA-256", body));
  }

  /** The headers that sign the request, to be added to its own. */
  Map<String, String> headers() {
    Map<String, String> own = new TreeMap<>();
    own.put("host", url.host());
    own.put("x-amz-date", time());
    if (SERVICES_WITH_BODY_HASH.contains(credentials.service)) {
      own.put("x-amz-content-sha256", bodyHash());
    }
    if (!credentials.sessionToken.isEmpty()) {
      own.put("x-amz-security-token", credentials.sessionToken);
    }
    Map<String, String> signed = new TreeMap<>(own);
    requestHeaders.forEach((name, value) -> addSigned(signed, name, value));
    own.put("Authorization", authorization(signed));
    return own;
  }

  private static void addSigned(Map<String, String> signed, String name, String value) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (!UNSIGNED_HEADERS.contains(lower)) {
      signed.put(lower, value);
    }
  }

  private String authorization(Map<String, String> signed) {
    String names = String.join(";", signed.keySet());
    String toSign =
        "AWS4-HMAC-SHA256\n"
            + time()
            + "\n"
            + scope()
            + "\n"
            + hex(Digests.digest("SHA-256", utf8(canonicalRequest(signed, names))));
    return "AWS4-HMAC-SHA256 Credential="
        + credentials.accessKey
        + "/"
        + scope()
        + ",SignedHeaders="
        + names
        + ",Signature="
        + hex(mac(signingKey(), toSign));
  }

  private String canonicalRequest(Map<String, String> signed, String names) {
    StringBuilder request = new StringBuilder(method);
    request.append('\n').append(url.escapedPath());
    request.append('\n').append(url.rawQuery()).append('\n');
    signed.forEach((name, value) -> request.append(name).append(':').append(value).append('\n'));
    return request.append('\n').append(names).append('\n').append(bodyHash()).toString();
  }

  private byte[] signingKey() {
    byte[] key = utf8("AWS4" + credentials.secretKey);
    for (String part : new String[] {date(), credentials.region, credentials.service}) {
      key = mac(key, part);
    }
    return mac(key, "aws4_request");
  }

  private static byte[] mac(byte[] key, String text) {
    return Digests.mac("HmacSHA256", key, utf8(text));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}

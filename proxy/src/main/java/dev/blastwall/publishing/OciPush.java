package dev.blastwall.publishing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

/**
 * Pushes a bundle as the one layer of an artifact, the tag last (OCI Distribution Specification
 * 1.1, Push). The types are those that OPA looks for ({@code v1/download/oci_download.go}).
 */
final class OciPush {

  private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
  private static final String CONFIG = "application/vnd.oci.image.config.v1+json";
  private static final String LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";
  private static final String BYTES = "application/octet-stream";
  private static final byte[] NOTHING = "{}".getBytes(StandardCharsets.UTF_8);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Destination.Oci to;
  private final OciLogin login;
  private final URI repository;
  private final HttpUpload http;

  OciPush(Destination.Oci to, OciLogin login, HttpUpload http) {
    this.to = to;
    this.login = login;
    this.http = http;
    this.repository = to.registry().resolve("/v2/" + to.repository() + "/");
  }

  void push(byte[] bundle) throws PublishingException, IOException, InterruptedException {
    blob(NOTHING);
    blob(bundle);
    ObjectNode manifest =
        JSON.createObjectNode().put("schemaVersion", 2).put("mediaType", MANIFEST);
    manifest.set("config", descriptor(CONFIG, NOTHING));
    manifest.putArray("layers").add(descriptor(LAYER, bundle));
    send(
        "PUT",
        repository.resolve("manifests/" + to.tag()),
        MANIFEST,
        JSON.writeValueAsBytes(manifest));
  }

  private static ObjectNode descriptor(String type, byte[] content) {
    return JSON.createObjectNode()
        .put("mediaType", type)
        .put("digest", digest(content))
        .put("size", content.length);
  }

  /** First POST, which says where to, then PUT. What is there already may be there again. */
  private void blob(byte[] content) throws PublishingException, IOException, InterruptedException {
    HttpResponse<byte[]> opened =
        send("POST", repository.resolve("blobs/uploads/"), BYTES, new byte[0]);
    URI upload =
        repository.resolve(
            opened
                .headers()
                .firstValue("Location")
                .orElseThrow(() -> new PublishingException(to + " did not say where to upload")));
    String separator = upload.getRawQuery() == null ? "?" : "&";
    send("PUT", URI.create(upload + separator + "digest=" + digest(content)), BYTES, content);
  }

  private HttpResponse<byte[]> send(String method, URI url, String type, byte[] body)
      throws PublishingException, IOException, InterruptedException {
    boolean atHome = Objects.equals(url.getAuthority(), to.registry().getAuthority());
    HttpResponse<byte[]> response = http.send(method, url, type, body, login.headers(atHome));
    if (atHome && response.statusCode() == 401 && login.answer(response)) {
      response = http.send(method, url, type, body, login.headers(true));
    }
    HttpUpload.require(response, to, "the repository, POLICY_PUBLISH_USER or POLICY_PUBLISH_TOKEN");
    return response;
  }

  private static String digest(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return "sha256:" + HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has it", e);
    }
  }
}

package dev.blastwall.opa.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blastwall.opa.BundleException;
import dev.blastwall.opa.embedded.EngineOptions;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bundles in a real S3-compatible store and in a real OCI registry. */
class StoresIT {
  private static final Polling OFTEN =
      new Polling(Duration.ofMillis(20), Duration.ofMillis(50), Optional.empty());
  private static final String REGION = "eu-west-1";
  private static final String LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";
  private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
  private static final String INDEX = "application/vnd.oci.image.index.v1+json";

  /** The password "secret" for the user "reader", as htpasswd -B writes it. */
  private static final String HTPASSWD =
      "reader:$2b$04$jO1VlS/8iZBFEuYUUlXExuiKgIFzUQLAghn9hJdCXBIVYlxjqrNJ2\n";

  @TempDir Path work;
  private final Events events = new Events();
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : open.reversed()) {
      one.close();
    }
  }

  @Test
  void anObjectInS3IsFetchedWhenItChanges() throws Exception {
    // Given
    URI store = s3();
    MinioClient client =
        open(
            MinioClient.builder()
                .endpoint(store.toString())
                .region(REGION)
                .credentials("AKtest", "SKtest12345")
                .build());
    client.makeBucket(MakeBucketArgs.builder().bucket("policies").build());
    put(client, policy("r1"));
    Bundles bundles = start(s3(store, "SKtest12345"));
    assertThat(bundles.await().revision()).isEqualTo("r1");

    // When: it is asked with the ETag, and answered that nothing has changed.
    BundleStatus before = bundles.status().getFirst();
    awaitRequestAfter(bundles, before);

    // Then
    assertThat(bundles.status().getFirst().lastSuccessfulDownload())
        .isEqualTo(before.lastSuccessfulDownload());
    assertThat(bundles.status().getFirst().error()).isEmpty();

    // When
    put(client, policy("r2"));

    // Then
    events.await("activated shop r2");
  }

  @Test
  void aWrongSecretForS3IsAReason() throws Exception {
    Bundles bundles = start(s3(s3(), "wrong"));
    assertThatThrownBy(bundles::await)
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("s3://policies/shop/bundle.tar.gz cannot be had")
        .hasMessageContaining("correct the bucket, the object or the credentials");
  }

  @Test
  void anArtifactInARegistryIsFetchedWhenItsTagMoves() throws Exception {
    // Given
    URI registry = registry("");
    push(registry, "v1", policy("r1"), "");
    Bundles bundles = start(oci(registry, "v1", Optional.empty()));
    assertThat(bundles.await().revision()).isEqualTo("r1");
    BundleStatus before = bundles.status().getFirst();
    awaitRequestAfter(bundles, before);
    assertThat(bundles.status().getFirst().lastSuccessfulDownload())
        .isEqualTo(before.lastSuccessfulDownload());

    // When
    push(registry, "v1", policy("r2"), "");

    // Then
    events.await("activated shop r2");
  }

  @Test
  void anArtifactCanStandInAnIndexAndBehindALogin() throws Exception {
    // Given
    Files.writeString(work.resolve("htpasswd"), HTPASSWD);
    URI registry =
        registry("auth: {htpasswd: {realm: test, path: %s}}".formatted(work.resolve("htpasswd")));
    String login = "Basic " + Base64.getEncoder().encodeToString("reader:secret".getBytes());
    String manifest = push(registry, "inner", policy("r1"), login);
    putManifest(
        registry,
        "v1",
        INDEX,
        "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}]}"
            .formatted(INDEX, MANIFEST, digest(manifest.getBytes()), manifest.length()),
        login);

    // When, then
    BundleSource.Login right = new BundleSource.Login("reader", new SecretRef.Text("secret"));
    assertThat(start(oci(registry, "v1", Optional.of(right))).await().revision()).isEqualTo("r1");
    assertThat(
            start(oci(registry, digest(manifest.getBytes()), Optional.of(right)))
                .await()
                .revision())
        .isEqualTo("r1");
    Bundles anonymous = start(oci(registry, "v1", Optional.empty()));
    assertThatThrownBy(anonymous::await)
        .hasMessageContaining("status 401")
        .hasMessageContaining("correct the reference or the login");
  }

  @Test
  void whatHoldsNoBundleIsAReason() throws Exception {
    // Given
    URI registry = registry("");
    putManifest(registry, "v1", MANIFEST, manifest(new byte[] {1}, "text/plain", registry), "");

    // Then
    Bundles bundles = start(oci(registry, "v1", Optional.empty()));
    assertThatThrownBy(bundles::await).hasMessageContaining("holds no layer of type " + LAYER);
  }

  private URI s3() throws Exception {
    Path data = Files.createDirectories(work.resolve("s3"));
    String program = Opa.run(Path.of(""), List.of("../ci/versitygw")).strip();
    ServerProcess server =
        open(
            ServerProcess.start(
                port ->
                    List.of(
                        program,
                        "--port",
                        "127.0.0.1:" + port,
                        "--region",
                        REGION,
                        "posix",
                        data.toString()),
                Map.of("ROOT_ACCESS_KEY", "AKtest", "ROOT_SECRET_KEY", "SKtest12345")));
    return URI.create("http://127.0.0.1:" + server.port());
  }

  private static BundleSource s3(URI store, String secret) {
    return new BundleSource.S3(
        store,
        REGION,
        "policies",
        "shop/bundle.tar.gz",
        Optional.of(new BundleSource.S3Credentials("AKtest", new SecretRef.Text(secret))));
  }

  private static void put(MinioClient client, byte[] archive) throws Exception {
    client.putObject(
        PutObjectArgs.builder().bucket("policies").object("shop/bundle.tar.gz").stream(
                new ByteArrayInputStream(archive), (long) archive.length, -1L)
            .build());
  }

  private URI registry(String more) throws Exception {
    Path config = work.resolve("registry.yml");
    ServerProcess server =
        open(
            ServerProcess.start(
                port -> {
                  write(
                      config,
                      """
                      version: 0.1
                      log: {level: error}
                      storage: {filesystem: {rootdirectory: %s}}
                      http: {addr: "127.0.0.1:%d"}
                      %s
                      """
                          .formatted(work.resolve("registry"), port, more));
                  return List.of("docker-registry", "serve", config.toString());
                },
                Map.of()));
    return URI.create("http://127.0.0.1:" + server.port());
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static BundleSource oci(
      URI registry, String reference, Optional<BundleSource.Login> login) {
    return new BundleSource.Oci(registry, "policies/shop", reference, login, Optional.empty());
  }

  /** Pushes as the distribution specification has it; gives the manifest. */
  private static String push(URI registry, String tag, byte[] archive, String login)
      throws Exception {
    blob(registry, archive, login);
    blob(registry, "{}".getBytes(StandardCharsets.UTF_8), login);
    String manifest = manifest(archive, LAYER);
    putManifest(registry, tag, MANIFEST, manifest, login);
    return manifest;
  }

  private static String manifest(byte[] content, String type, URI registry) throws Exception {
    blob(registry, content, "");
    blob(registry, "{}".getBytes(StandardCharsets.UTF_8), "");
    return manifest(content, type);
  }

  private static String manifest(byte[] layer, String type) throws GeneralSecurityException {
    return "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":{\"mediaType\":\"application/vnd.oci.image.config.v1+json\",\"digest\":\"%s\",\"size\":2},\"layers\":[{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}]}"
        .formatted(
            MANIFEST,
            digest("{}".getBytes(StandardCharsets.UTF_8)),
            type,
            digest(layer),
            layer.length);
  }

  private static void blob(URI registry, byte[] content, String login) throws Exception {
    HttpResponse<String> opened =
        send(registry.resolve("/v2/policies/shop/blobs/uploads/"), "POST", "", new byte[0], login);
    URI upload = registry.resolve(opened.headers().firstValue("Location").orElseThrow());
    send(
        URI.create(upload + (upload.getQuery() == null ? "?" : "&") + "digest=" + digest(content)),
        "PUT",
        "application/octet-stream",
        content,
        login);
  }

  private static void putManifest(
      URI registry, String tag, String type, String manifest, String login) throws Exception {
    send(
        registry.resolve("/v2/policies/shop/manifests/" + tag),
        "PUT",
        type,
        manifest.getBytes(StandardCharsets.UTF_8),
        login);
  }

  private static HttpResponse<String> send(
      URI url, String method, String type, byte[] body, String login) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url).method(method, BodyPublishers.ofByteArray(body));
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    if (!login.isEmpty()) {
      request.header("Authorization", login);
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
      assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
      return response;
    }
  }

  private static String digest(byte[] content) throws GeneralSecurityException {
    return "sha256:"
        + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
  }

  private byte[] policy(String revision) throws Exception {
    return new Opa(Files.createTempDirectory(work, "policy"))
        .source("shop.rego", "package shop\n\ndecision := \"" + revision + "\"\n")
        .buildPlan("--revision", revision);
  }

  private static void awaitRequestAfter(Bundles bundles, BundleStatus before) {
    for (Instant end = Instant.now().plusSeconds(120); Instant.now().isBefore(end); ) {
      BundleStatus now = bundles.status().getFirst();
      assertThat(now.error()).isEmpty();
      if (!Objects.equals(now.lastSuccessfulRequest(), before.lastSuccessfulRequest())) {
        return;
      }
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
    throw new AssertionError("nobody asked again");
  }

  private Bundles start(BundleSource source) throws BundleException {
    return open(
        Bundles.start(
            List.of(
                new BundleConfig(
                    "shop", source, OFTEN, new Verification.Unsigned(), BundleLimits.DEFAULT)),
            new EmbeddedEngines(EngineOptions.DEFAULT, "shop/decision"),
            "shop/decision",
            null,
            events));
  }

  private <T extends AutoCloseable> T open(T one) {
    open.add(one);
    return one;
  }
}

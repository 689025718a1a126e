package dev.blastwall.opa.bundle;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.Json;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Pulls the layer of an artifact that holds the bundle (OCI Distribution Specification 1.1, Pull;
 * {@code v1/download/oci_download.go}). Everything but the tag is addressed by its digest, which is
 * checked; the digest of the layer is the ETag.
 */
final class OciFetcher implements Fetcher {
  private static final String LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";
  private static final String MANIFESTS =
      String.join(
          ", ",
          "application/vnd.oci.image.manifest.v1+json",
          "application/vnd.oci.image.index.v1+json",
          "application/vnd.docker.distribution.manifest.v2+json",
          "application/vnd.docker.distribution.manifest.list.v2+json");

  /** Of an index in an index. */
  private static final int MAX_DEPTH = 4;

  private final BundleSource.Oci source;
  private final OciRegistry registry;

  OciFetcher(BundleSource.Oci source, BundleLimits limits) throws IOException {
    this.source = source;
    this.registry = new OciRegistry(source, limits);
  }

  @Override
  public Fetched fetch(@Nullable String etag, Optional<Duration> wait)
      throws IOException, InterruptedException {
    String layer =
        layer(source.reference(), 0)
            .orElseThrow(() ->
                new FetchException(
                    source
                        + " holds no layer of type "
                        + LAYER
                        + "; push the bundle as one (oras push does with that type)",
                    null));
    return layer.equals(etag)
        ? new Fetched.Unchanged()
        : new Fetched.Archive(get("blobs/" + layer, layer, "*/*"), layer, false);
  }

  /** The digest of the layer, of this manifest or of one that it lists. */
  private Optional<String> layer(String reference, int depth)
      throws IOException, InterruptedException {
    Value manifest = Json.read(get("manifests/" + reference, reference, MANIFESTS));
    for (Value layer : list(manifest, "layers")) {
      if (text(layer, "mediaType").equals(LAYER)) {
        return Optional.of(text(layer, "digest"));
      }
    }
    for (Value listed : depth < MAX_DEPTH ? list(manifest, "manifests") : List.<Value>of()) {
      Optional<String> layer = layer(text(listed, "digest"), depth + 1);
      if (layer.isPresent()) {
        return layer;
      }
    }
    return Optional.empty();
  }

  private byte[] get(String path, String reference, String accept)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> response = registry.get(path, accept);
    if (response.statusCode() != 200) {
      throw new FetchException(
          source
              + " cannot be had: the registry answered "
              + path
              + " with the status "
              + response.statusCode()
              + "; correct the reference or the login",
          response.statusCode());
    }
    if (reference.startsWith("sha256:")) {
      requireDigest(response.body(), reference);
    } else if (reference.contains(":")) {
      throw new FetchException(source + " has a digest that is not SHA-256: " + reference, null);
    }
    return response.body();
  }

  private void requireDigest(byte[] content, String digest) throws FetchException {
    try {
      byte[] found = MessageDigest.getInstance("SHA-256").digest(content);
      if (!digest.equals("sha256:" + HexFormat.of().formatHex(found))) {
        throw new FetchException(
            source + " sent something else than " + digest + "; push the bundle again", null);
      }
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has it", e);
    }
  }

  private static List<Value> list(Value json, String name) {
    return json instanceof ObjectValue object && object.get(name) instanceof ArrayValue array
        ? array.asList()
        : List.of();
  }

  private static String text(Value json, String name) {
    return json instanceof ObjectValue object && object.get(name) instanceof StringValue text
        ? text.text()
        : "";
  }

  @Override
  public void close() {
    registry.close();
  }
}

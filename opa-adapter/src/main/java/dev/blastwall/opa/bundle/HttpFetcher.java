package dev.blastwall.opa.bundle;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** OPA's bundle service API (OPA's documentation, Bundles: Bundle Service API). */
final class HttpFetcher implements Fetcher {
  private static final String LONG_POLLING_TYPE = "application/vnd.openpolicyagent.bundles";

  private final BundleSource.Http source;
  private final String modes;
  private final HttpTransport transport;

  HttpFetcher(BundleSource.Http source, String modes, BundleLimits limits) throws IOException {
    this.source = source;
    this.modes = modes;
    this.transport = new HttpTransport(source.authorities(), limits.bytes());
  }

  @Override
  public Fetched fetch(@Nullable String etag, Optional<Duration> wait)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        transport.get(source.url(), headers(etag, wait), wait.orElse(Duration.ZERO));
    return switch (response.statusCode()) {
      case 200 ->
          new Fetched.Archive(
              response.body(),
              response.headers().firstValue("ETag").orElse(null),
              response
                  .headers()
                  .firstValue("Content-Type")
                  .filter(LONG_POLLING_TYPE::equals)
                  .isPresent());
      case 304 -> new Fetched.Unchanged();
      default ->
          throw new FetchException(
              source
                  + " answered with the status "
                  + response.statusCode()
                  + "; correct the address or the token",
              response.statusCode());
    };
  }

  private Map<String, String> headers(@Nullable String etag, Optional<Duration> wait)
      throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(
        "Prefer",
        "modes=" + modes + wait.map(duration -> ";wait=" + duration.toSeconds()).orElse(""));
    if (etag != null) {
      headers.put("If-None-Match", etag);
    }
    if (source.token().isPresent()) {
      headers.put("Authorization", "Bearer " + source.token().get().read());
    }
    return headers;
  }

  @Override
  public void close() {
    transport.close();
  }
}

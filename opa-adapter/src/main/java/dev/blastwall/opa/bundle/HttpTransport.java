package dev.blastwall.opa.bundle;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * GET, with an end to everything: to the size of an answer, to the time it takes, to redirections.
 * A credential goes only to the host that it is for.
 */
final class HttpTransport implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration TRANSFER = Duration.ofMinutes(5);
  private static final int MAX_REDIRECTIONS = 5;

  private final HttpClient client;
  private final long maxBytes;

  HttpTransport(Optional<Path> authorities, long maxBytes) throws IOException {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER);
    if (authorities.isPresent()) {
      builder.sslContext(Authorities.trusting(authorities.get()));
    }
    this.client = builder.build();
    this.maxBytes = maxBytes;
  }

  /**
   * The answer to a request, whatever its status.
   *
   * @param more time for the other side to think before it answers
   * @throws FetchException when there is none
   */
  HttpResponse<byte[]> get(URI url, Map<String, String> headers, Duration more)
      throws IOException, InterruptedException {
    URI at = url;
    for (int i = 0; i <= MAX_REDIRECTIONS; i++) {
      HttpResponse<byte[]> response = send(request(at, url, headers), TRANSFER.plus(more));
      Optional<String> location = response.headers().firstValue("Location");
      if (!isRedirection(response.statusCode()) || location.isEmpty()) {
        return response;
      }
      at = next(at, location.get());
    }
    throw new FetchException(ShownUrl.of(url) + " redirects without end", null);
  }

  private static boolean isRedirection(int status) {
    return status >= 301 && status <= 308 && status != 304;
  }

  private static URI next(URI from, String location) throws FetchException {
    URI to = resolve(from, location);
    if (!"https".equals(to.getScheme()) && !Objects.equals(from.getScheme(), to.getScheme())) {
      throw new FetchException(
          ShownUrl.of(from) + " redirects to something that is not HTTPS", null);
    }
    return to;
  }

  private static URI resolve(URI from, String location) throws FetchException {
    try {
      return from.resolve(location);
    } catch (IllegalArgumentException e) {
      throw new FetchException(ShownUrl.of(from) + " redirects to something that is no URL", e);
    }
  }

  private static HttpRequest request(URI at, URI first, Map<String, String> headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(at);
    boolean sameHost =
        Objects.equals(at.getAuthority(), first.getAuthority())
            && Objects.equals(at.getScheme(), first.getScheme());
    headers.forEach((name, value) -> {
      if (sameHost || !name.equals("Authorization")) {
        request.header(name, value);
      }
    });
    return request.build();
  }

  private HttpResponse<byte[]> send(HttpRequest request, Duration timeout)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), maxBytes));
    try {
      return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new FetchException(
          ShownUrl.of(request.uri()) + " cannot be had: " + reason(e.getCause()), e.getCause());
    } catch (TimeoutException e) {
      throw new FetchException(ShownUrl.of(request.uri()) + " did not answer within " + timeout, e);
    } finally {
      answer.cancel(true);
    }
  }

  private static String reason(@Nullable Throwable cause) {
    return cause instanceof ConnectException
        ? "nobody answers there; is the server up?"
        : String.valueOf(cause);
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}

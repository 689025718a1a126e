package dev.blastwall.opa.decisionlog;

import dev.blastwall.opa.bundle.Authorities;
import dev.blastwall.opa.bundle.SecretRef;
import dev.blastwall.opa.bundle.ShownUrl;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** Posts uploads; whatever is not accepted is an error. */
final class ServiceClient implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofSeconds(60);

  private final HttpClient client;
  private final URI url;
  private final Optional<SecretRef> token;

  ServiceClient(LogService service) throws IOException {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER);
    if (service.authorities().isPresent()) {
      builder.sslContext(Authorities.trusting(service.authorities().get()));
    }
    this.client = builder.build();
    this.url = service.url();
    this.token = service.token();
  }

  /**
   * Sends an upload.
   *
   * @throws IOException when the service did not take it
   */
  void post(byte[] body) throws IOException, InterruptedException {
    HttpResponse<Void> response = client.send(request(body), BodyHandlers.discarding());
    if (response.statusCode() < 200 || response.statusCode() >= 300) {
      throw new IOException(ShownUrl.of(url) + " answered with status " + response.statusCode());
    }
  }

  private HttpRequest request(byte[] body) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .timeout(ANSWER)
            .header("Content-Type", "application/json")
            .header("Content-Encoding", "gzip")
            .POST(BodyPublishers.ofByteArray(body));
    if (token.isPresent()) {
      request.header("Authorization", "Bearer " + token.get().read());
    }
    return request.build();
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}

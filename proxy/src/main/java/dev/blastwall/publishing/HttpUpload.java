package dev.blastwall.publishing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** Requests with a body; nothing is followed elsewhere, for they may carry a token. */
final class HttpUpload implements AutoCloseable {

  static final String ARCHIVE = "application/gzip";

  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration TRANSFER = Duration.ofMinutes(5);
  private static final int MOST_OF_AN_ANSWER = 1 << 20;

  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT)
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  void put(byte[] bundle, Destination.Http to, Login login)
      throws PublishingException, IOException, InterruptedException {
    Map<String, String> authorization =
        login.bearer().map(token -> Map.of("Authorization", token)).orElse(Map.of());
    HttpResponse<byte[]> response = send("PUT", to.url(), ARCHIVE, bundle, authorization);
    require(response, to, "the URL or POLICY_PUBLISH_TOKEN");
  }

  /** The answer, whatever its status. */
  HttpResponse<byte[]> send(
      String method, URI url, String type, byte[] body, Map<String, String> headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .timeout(TRANSFER)
            .method(method, BodyPublishers.ofByteArray(body))
            .header("Content-Type", type);
    headers.forEach(request::header);
    return client.send(
        request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_OF_AN_ANSWER));
  }

  static void require(HttpResponse<byte[]> response, Destination to, String correct)
      throws PublishingException {
    if (response.statusCode() / 100 != 2) {
      throw new PublishingException(
          to
              + " is not published: "
              + response.request().method()
              + " was answered with the status "
              + response.statusCode()
              + "; correct "
              + correct);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}

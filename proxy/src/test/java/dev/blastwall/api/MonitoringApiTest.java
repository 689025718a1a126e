package dev.blastwall.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastwall.approval.Approvals;
import dev.blastwall.demo.DevIssuer;
import dev.blastwall.identity.TokenVerifier;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MonitoringApiTest {

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final HttpClient http = HttpClient.newHttpClient();
  private DevIssuer issuer;
  private TokenVerifier identities;
  private ApiServer api;

  @BeforeEach
  void start() throws IOException {
    issuer = DevIssuer.start();
    identities = TokenVerifier.trusting(List.of(issuer.trusted()));
    api =
        ApiServer.start(
            new InetSocketAddress("127.0.0.1", 0),
            identities,
            new Approvals(timer, Instant::now),
            new Monitoring(() -> "up 1\n", () -> "{\"bundles\":{}}"));
  }

  @AfterEach
  void stop() {
    api.close();
    identities.close();
    issuer.close();
    http.close();
    timer.shutdownNow();
  }

  @Test
  void metricsAreInPrometheusTextFormatAndNeedNoToken() throws Exception {
    HttpResponse<String> response = get("/metrics");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type"))
        .hasValue("text/plain; version=0.0.4; charset=utf-8");
    assertThat(response.body()).isEqualTo("up 1\n");
  }

  @Test
  void theStatusIsWhereOpaHasItAndNeedsNoToken() throws Exception {
    HttpResponse<String> response = get("/v1/status");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(response.body()).isEqualTo("{\"result\":{\"bundles\":{}}}");
  }

  private HttpResponse<String> get(String path) throws Exception {
    return http.send(
        HttpRequest.newBuilder(api.url().resolve(path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }
}

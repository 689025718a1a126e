package dev.blastwall.api;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/**
 * The gateway for those who watch it.
 *
 * <pre>
 * GET /metrics    Prometheus' text format
 * GET /v1/status  {"result": OPA's status document}, as OPA's status API answers
 * </pre>
 *
 * Neither asks for a token: what scrapes metrics has none of a person, the API listens on this
 * machine only, and both speak of bundles, connections and numbers, never of people, commands or
 * credentials.
 */
final class MonitoringApi implements HttpService {

  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

  private final Monitoring monitoring;

  MonitoringApi(Monitoring monitoring) {
    this.monitoring = monitoring;
  }

  @Override
  public void routing(HttpRules rules) {
    rules.get("/metrics", this::metrics).get("/v1/status", this::status);
  }

  private void metrics(ServerRequest request, ServerResponse response) {
    response.header(HeaderNames.CONTENT_TYPE, PROMETHEUS).send(monitoring.metrics().get());
  }

  private void status(ServerRequest request, ServerResponse response) {
    response
        .header(HeaderNames.CONTENT_TYPE, "application/json")
        .send("{\"result\":" + monitoring.status().get() + "}");
  }
}

package dev.blastwall.api;

import dev.blastwall.approval.Approvals;
import dev.blastwall.identity.TokenVerifier;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import java.net.InetSocketAddress;
import java.net.URI;

/** The running HTTP API. */
public final class ApiServer implements AutoCloseable {

  private final WebServer server;

  private ApiServer(WebServer server) {
    this.server = server;
  }

  /**
   * Starts to accept requests.
   *
   * @param address where to listen; port 0 takes a free one
   */
  public static ApiServer start(
      InetSocketAddress address,
      TokenVerifier identities,
      Approvals approvals,
      Monitoring monitoring) {
    WebServer server =
        WebServer.builder()
            .address(address.getAddress())
            .port(address.getPort())
            .shutdownHook(false)
            .routing(routing -> route(routing, identities, approvals, monitoring))
            .build()
            .start();
    return new ApiServer(server);
  }

  private static void route(
      HttpRouting.Builder routing,
      TokenVerifier identities,
      Approvals approvals,
      Monitoring monitoring) {
    routing
        .error(Problem.class, (request, response, problem) -> problem.sendTo(response))
        .get("/v1/health", (request, response) -> Json.send(response, Json.object("status", "ok")))
        .register(new MonitoringApi(monitoring))
        .register("/v1/approvals", new ApprovalsApi(new Authentication(identities), approvals));
  }

  /** The address for clients. */
  public URI url() {
    return URI.create(
        "http://" + server.prototype().address().getHostAddress() + ":" + server.port());
  }

  @Override
  public void close() {
    server.stop();
  }
}

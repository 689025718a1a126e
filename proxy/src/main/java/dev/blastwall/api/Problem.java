package dev.blastwall.api;

import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;

/** A request that cannot be answered; its JSON body says why and what to do. */
final class Problem extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Status status;

  Problem(Status status, String message) {
    super(message);
    this.status = status;
  }

  void sendTo(ServerResponse response) {
    Json.send(response.status(status), Json.object("error", String.valueOf(getMessage())));
  }
}

package dev.blastwall.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.blastwall.demo.Tour;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/** Approves as dora, through the API, as `blastwall approvals` does. */
final class TourApprover implements Tour.Approver {

  private static final String PATH = "/v1/approvals";
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final ApiAccess api;
  private final PrintWriter out;

  TourApprover(Path readyFile, PrintWriter out) {
    this.api = ApiAccess.as("dora", readyFile);
    this.out = out;
  }

  @Override
  public void approveNext() {
    JsonNode held = next();
    String id = held.path("id").asText();
    out.println("   it waits: " + held.path("reason").asText());
    out.println("   $ blastwall approvals approve --as dora " + id);
    out.flush();
    api.post(
        PATH + "/" + id + "/approve",
        JsonNodeFactory.instance.objectNode().put("digest", held.path("digest").asText()));
  }

  private JsonNode next() {
    for (Instant end = Instant.now().plus(PATIENCE); Instant.now().isBefore(end); ) {
      JsonNode waiting = api.get(PATH).path("approvals");
      if (!waiting.isEmpty()) {
        return waiting.get(0);
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    throw new CommandFailure(1, "Nothing was held.");
  }
}

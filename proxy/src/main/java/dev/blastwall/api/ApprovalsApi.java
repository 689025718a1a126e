package dev.blastwall.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.blastwall.approval.ApprovalException;
import dev.blastwall.approval.Approvals;
import dev.blastwall.approval.HeldCommand;
import dev.blastwall.command.Command;
import dev.blastwall.command.CommandDigest;
import dev.blastwall.command.Principal;
import dev.blastwall.command.Replication;
import dev.blastwall.command.SqlBatch;
import dev.blastwall.command.Unclassified;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/**
 * Held commands for those who may answer them.
 *
 * <pre>
 * GET  /v1/approvals              what the sender may answer, the oldest first
 * POST /v1/approvals/{id}/approve {"digest": the digest that was shown}
 * POST /v1/approvals/{id}/deny    {"digest": …, "reason": for the one who asked}
 * </pre>
 *
 * An answer names the digest of the command that the approver saw, so that nobody approves what
 * they did not look at.
 */
final class ApprovalsApi implements HttpService {

  private final Authentication authentication;
  private final Approvals approvals;

  ApprovalsApi(Authentication authentication, Approvals approvals) {
    this.authentication = authentication;
    this.approvals = approvals;
  }

  @Override
  public void routing(HttpRules rules) {
    rules.get(this::list).post("/{id}/approve", this::approve).post("/{id}/deny", this::deny);
  }

  private void list(ServerRequest request, ServerResponse response) {
    Principal approver = authentication.of(request);
    ArrayNode list = Json.MAPPER.createArrayNode();
    approvals.answerableBy(approver).forEach(held -> list.add(describe(held)));
    Json.send(response, Json.MAPPER.createObjectNode().set("approvals", list));
  }

  private void approve(ServerRequest request, ServerResponse response) {
    Principal approver = authentication.of(request);
    CommandDigest digest = digest(Json.read(request));
    try {
      int missing = approvals.approve(id(request), digest, approver);
      ObjectNode body = Json.object("status", missing == 0 ? "approved" : "waiting");
      Json.send(response, body.put("missing", missing));
    } catch (ApprovalException e) {
      throw problem(e);
    }
  }

  private void deny(ServerRequest request, ServerResponse response) {
    Principal approver = authentication.of(request);
    ObjectNode body = Json.read(request);
    try {
      approvals.deny(id(request), digest(body), approver, body.path("reason").asText(""));
      Json.send(response, Json.object("status", "denied"));
    } catch (ApprovalException e) {
      throw problem(e);
    }
  }

  private static String id(ServerRequest request) {
    return request.path().pathParameters().get("id");
  }

  private static CommandDigest digest(ObjectNode body) {
    if (!body.path("digest").isTextual()) {
      throw new Problem(
          Status.BAD_REQUEST_400,
          "Name the digest of the command that you saw: {\"digest\": \"…\"}.");
    }
    return new CommandDigest(body.path("digest").asText());
  }

  private static ObjectNode describe(HeldCommand held) {
    Principal asker = held.session().principal();
    ObjectNode json =
        Json.object("id", held.id())
            .put("digest", held.digest().hex())
            .put("subject", asker.subject())
            .put("connection", held.session().connection().name())
            .put("command", text(held.command()))
            .put("reason", held.decision().explanation())
            .put("quorum", held.decision().quorum())
            .put("since", held.since().toString())
            .put("expires", held.expires().toString());
    ArrayNode actors = json.putArray("actors");
    asker.actors().forEach(actor -> actors.add(actor.subject()));
    if (held.command() instanceof SqlBatch sql) {
      ArrayNode parameters = json.putArray("parameters");
      sql.parameters().forEach(parameters::add);
    }
    return json;
  }

  private static String text(Command command) {
    return switch (command) {
      case SqlBatch sql -> sql.text();
      case Replication replication -> "replication: " + replication.mode();
      case Unclassified unclassified -> unclassified.description();
    };
  }

  private static Problem problem(ApprovalException e) {
    Status status =
        switch (e.why()) {
          case UNKNOWN -> Status.NOT_FOUND_404;
          case OTHER_COMMAND -> Status.CONFLICT_409;
          case NOT_ALLOWED -> Status.FORBIDDEN_403;
        };
    return new Problem(status, String.valueOf(e.getMessage()));
  }
}

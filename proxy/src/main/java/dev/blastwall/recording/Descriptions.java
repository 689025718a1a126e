package dev.blastwall.recording;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.blastwall.approval.Outcome;
import dev.blastwall.command.Client;
import dev.blastwall.command.Command;
import dev.blastwall.command.Replication;
import dev.blastwall.command.Session;
import dev.blastwall.command.SqlBatch;
import dev.blastwall.command.Unclassified;
import dev.blastwall.policy.DecisionJson;
import dev.blastwall.policy.Difference;
import dev.blastwall.policy.InputJson;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The domain as the fields of a record, by the names that policy knows them by. */
final class Descriptions {

  private Descriptions() {}

  /** Who, on what, from where. */
  static void session(JsonGenerator json, Session session) throws IOException {
    json.writeStringField("session", session.id());
    Json.raw(json, "principal", InputJson.principal(session.principal()));
    Json.raw(json, "connection", InputJson.connection(session.connection()));
    client(json, session.client());
  }

  static void client(JsonGenerator json, Client client) throws IOException {
    Json.raw(json, "client", InputJson.client(client));
  }

  /**
   * A command.
   *
   * @param shape the number of what its statements do
   */
  static void command(JsonGenerator json, Command command, int shape) throws IOException {
    json.writeStringField("kind", command.kind());
    switch (command) {
      case SqlBatch sql -> sql(json, sql, shape);
      case Replication replication -> {
        json.writeStringField("protocol", replication.protocol());
        json.writeStringField("mode", replication.mode());
      }
      case Unclassified unclassified -> {
        json.writeStringField("protocol", unclassified.protocol());
        json.writeStringField("description", unclassified.description());
      }
    }
  }

  private static void sql(JsonGenerator json, SqlBatch sql, int shape) throws IOException {
    json.writeStringField("dialect", sql.dialect());
    json.writeStringField("text", sql.text());
    json.writeStringField("understanding", sql.understanding().word());
    json.writeNumberField("statements", shape);
    texts(json, "parameters", sql.parameters());
    json.writeBooleanField("masked_tokens", sql.maskedTokens());
  }

  /** Whole, and not by numbers of shapes: it may stand elsewhere than what it is about. */
  static byte[] difference(Difference difference) {
    return Json.object(json -> {
      json.writeStringField("decision", difference.decisionId());
      json.writeStringField("shadow", difference.shadow());
      json.writeStringField("outcome", DecisionJson.outcome(difference.enforced()));
      json.writeStringField("shadow_outcome", DecisionJson.outcome(difference.other()));
      Json.raw(json, "enforced", DecisionJson.write(difference.enforced()));
      Json.raw(json, "shadow_decided", DecisionJson.write(difference.other()));
    });
  }

  static void outcome(JsonGenerator json, Outcome outcome) throws IOException {
    switch (outcome) {
      case Outcome.Approved approved -> {
        json.writeStringField("answer", "approved");
        texts(json, "by", approved.by());
      }
      case Outcome.Denied denied -> {
        json.writeStringField("answer", "denied");
        texts(json, "by", List.of(denied.by()));
        json.writeStringField("reason", denied.reason());
      }
      case Outcome.Expired() -> json.writeStringField("answer", "expired");
      case Outcome.Withdrawn() -> json.writeStringField("answer", "withdrawn");
    }
  }

  private static void texts(JsonGenerator json, String name, List<? extends @Nullable String> texts)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }
}

package dev.blastwall.recording;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.blastwall.approval.Outcome;
import dev.blastwall.command.Client;
import dev.blastwall.command.Command;
import dev.blastwall.command.Connection;
import dev.blastwall.command.Limits;
import dev.blastwall.command.Principal;
import dev.blastwall.command.ResultColumn;
import dev.blastwall.command.SqlBatch;
import dev.blastwall.command.SqlStatement;
import dev.blastwall.command.Unclassified;
import dev.blastwall.masking.MaskPlan;
import dev.blastwall.policy.Decision;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The domain as the fields of a record. */
final class Descriptions {

  private Descriptions() {}

  static void principal(JsonGenerator json, Principal principal) throws IOException {
    json.writeObjectFieldStart("principal");
    json.writeStringField("subject", principal.subject());
    json.writeStringField("issuer", principal.issuer());
    json.writeStringField("kind", principal.kind().word());
    texts(json, "groups", principal.groups());
    json.writeArrayFieldStart("actors");
    for (Principal.Actor actor : principal.actors()) {
      json.writeStartObject();
      json.writeStringField("subject", actor.subject());
      json.writeStringField("issuer", actor.issuer());
      json.writeStringField("kind", actor.kind().word());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  static void connection(JsonGenerator json, Connection connection) throws IOException {
    json.writeObjectFieldStart("connection");
    json.writeStringField("name", connection.name());
    json.writeStringField("protocol", connection.protocol());
    json.writeStringField("database", connection.database());
    json.writeEndObject();
  }

  static void client(JsonGenerator json, Client client) throws IOException {
    json.writeObjectFieldStart("client");
    json.writeStringField("address", client.address());
    json.writeStringField("application", client.application());
    json.writeBooleanField("tls", client.tls());
    json.writeEndObject();
  }

  static void command(JsonGenerator json, Command command) throws IOException {
    json.writeStringField("kind", command.kind());
    switch (command) {
      case SqlBatch sql -> sql(json, sql);
      case Unclassified unclassified ->
          json.writeStringField("description", unclassified.description());
    }
  }

  private static void sql(JsonGenerator json, SqlBatch sql) throws IOException {
    json.writeStringField("text", sql.text());
    json.writeStringField("understanding", sql.understanding().word());
    texts(json, "statements", sql.statements().stream().map(SqlStatement::type).toList());
    texts(json, "parameters", sql.parameters());
  }

  static void decision(JsonGenerator json, Decision decision) throws IOException {
    json.writeStringField(
        "outcome",
        switch (decision) {
          case Decision.Forward forward -> "forward";
          case Decision.Hold hold -> "hold";
          case Decision.Refuse refuse -> "refuse";
        });
    json.writeStringField("revision", decision.revision());
    json.writeArrayFieldStart("reasons");
    for (Decision.Reason reason : decision.reasons()) {
      json.writeStartObject();
      json.writeStringField("code", reason.code());
      json.writeStringField("message", reason.message());
      json.writeEndObject();
    }
    json.writeEndArray();
    switch (decision) {
      case Decision.Forward forward -> limits(json, forward.limits());
      case Decision.Hold hold -> limits(json, hold.limits());
      case Decision.Refuse refuse -> {}
    }
  }

  private static void limits(JsonGenerator json, Limits limits) throws IOException {
    if (!limits.limitsNoSize()) {
      json.writeNumberField("most_rows", limits.rows());
      json.writeNumberField("most_bytes", limits.bytes());
    }
    if (!limits.limitsNoTime()) {
      json.writeStringField("most_time", limits.duration().toString());
    }
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

  static void columns(JsonGenerator json, List<ResultColumn> columns, MaskPlan masks)
      throws IOException {
    json.writeArrayFieldStart("columns");
    for (int i = 0; i < columns.size(); i++) {
      json.writeStartObject();
      json.writeStringField("name", columns.get(i).name());
      if (masks.column(i) != null) {
        json.writeBooleanField("masked", true);
      }
      json.writeEndObject();
    }
    json.writeEndArray();
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

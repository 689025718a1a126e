package dev.blastwall.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.blastwall.protocol.Printable;
import dev.blastwall.protocol.Replay;
import dev.blastwall.protocol.postgresql.PostgresqlProtocol;
import dev.blastwall.protocol.postgresql.PostgresqlReplay;
import dev.blastwall.recorder.SessionRecord;
import dev.blastwall.recorder.SessionSummary;
import dev.blastwall.recording.RecordTypes;
import java.util.HashMap;
import java.util.Map;

/** A session as its client saw it, with the decisions beside. */
final class SessionReplay {

  private final Replay responses;
  private final Map<Integer, JsonNode> decided = new HashMap<>();

  SessionReplay(SessionSummary session) {
    this.responses = replay(SessionText.json(session.metadata()));
  }

  private static Replay replay(JsonNode metadata) {
    return switch (metadata.at("/connection/protocol").asText()) {
      case PostgresqlProtocol.NAME -> new PostgresqlReplay();
      default -> bytes -> bytes.length + " bytes\n";
    };
  }

  /** What the record showed, with line ends; empty for a record that showed nothing. */
  String render(SessionRecord record) {
    return switch (record.type()) {
      case RecordTypes.SHAPE -> remember(SessionText.json(record.body()));
      case RecordTypes.RESPONSE -> responses.render(record.body());
      case RecordTypes.COMMAND -> command(SessionText.json(record.body()));
      case RecordTypes.APPROVAL -> approval(SessionText.json(record.body()));
      case RecordTypes.FAULT ->
          "!! " + Printable.of(SessionText.json(record.body()).path("what").asText()) + "\n";
      default -> "";
    };
  }

  private String remember(JsonNode shape) {
    decided.put(shape.path("shape").asInt(), shape.path("decided"));
    return "";
  }

  private String command(JsonNode record) {
    String text = record.path("text").asText(record.path("description").asText());
    String values =
        record.path("parameters").isEmpty() ? "" : "\n   with " + record.path("parameters");
    return "\n=> " + Printable.of(text + values) + "\n   " + decision(record) + "\n";
  }

  private String decision(JsonNode record) {
    JsonNode known =
        decided.getOrDefault(record.path("decided").asInt(), MissingNode.getInstance());
    return record.path("outcome").asText()
        + " ("
        + known.at("/reasons/0/code").asText()
        + ", decision "
        + record.path("decision").asText()
        + ")";
  }

  private static String approval(JsonNode record) {
    String by = record.path("by").isEmpty() ? "" : " by " + record.at("/by/0").asText();
    return "   " + record.path("answer").asText() + by + "\n";
  }
}

package dev.blastwall.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.blastwall.recorder.SessionRecord;
import dev.blastwall.recorder.SessionSummary;
import dev.blastwall.recorder.StoredRecord;
import dev.blastwall.recording.RecordTypes;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Records as lines for people. */
final class SessionText {

  private static final ObjectMapper JSON = new ObjectMapper();

  private SessionText() {}

  static String line(SessionSummary session) {
    JsonNode metadata = json(session.metadata());
    return session.id()
        + "  "
        + time(session.begun())
        + "  "
        + who(metadata)
        + "  "
        + session.records()
        + " records, "
        + session.end().map(end -> "ended: " + end.reason()).orElse("open");
  }

  /** The record as a line with its number and time, or as nothing when it only carries bytes. */
  static String record(SessionSummary session, StoredRecord record) {
    SessionRecord event = record.event();
    String what =
        event.type().equals(RecordTypes.RESPONSE)
            ? event.body().length + " bytes as the client saw them"
            : json(event.body()).toString();
    return "%6d  %s  %-14s %s%n"
        .formatted(record.sequence(), time(event.time()), event.type(), what);
  }

  static JsonNode json(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new CommandFailure(1, "A record is not what this version of blastwall writes.");
    }
  }

  static boolean isOfClient(SessionSummary session) {
    return json(session.metadata()).path("kind").asText().equals(RecordTypes.SESSION);
  }

  private static String who(JsonNode metadata) {
    if (metadata.path("kind").asText().equals(RecordTypes.GATEWAY)) {
      return "(the gateway itself)";
    }
    StringBuilder who = new StringBuilder(metadata.at("/principal/subject").asText());
    metadata
        .at("/principal/actors")
        .forEach(actor -> who.append(" by ").append(actor.path("subject").asText()));
    return who + " on " + metadata.at("/connection/name").asText();
  }

  private static String time(Instant time) {
    return time.truncatedTo(ChronoUnit.MILLIS).toString();
  }
}

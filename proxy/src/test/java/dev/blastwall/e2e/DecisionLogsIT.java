package dev.blastwall.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.blastwall.config.Configuration;
import dev.blastwall.demo.DemoUser;
import dev.blastwall.gateway.Gateway;
import dev.blastwall.recorder.SessionReader;
import dev.blastwall.recorder.SessionSummary;
import dev.blastwall.recorder.StoredRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a running gateway logs about decisions, beside what it records. */
class DecisionLogsIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path work;

  @Test
  void everyDecisionIsInTheLogUnderTheIdOfItsRecord() throws Exception {
    // When
    try (RunningDemo demo = new RunningDemo();
        Gateway gateway = Gateway.start(configuration(demo));
        Connection alice = demo.connect(gateway, DemoUser.ALICE);
        Statement statement = alice.createStatement()) {
      statement.execute("select 1");
      statement.execute("select 2");
      assertThatThrownBy(() -> statement.execute("drop table customers"))
          .isInstanceOf(SQLException.class);
    }

    // Then
    List<JsonNode> events = events();
    assertThat(events)
        .extracting(event -> event.path("input").path("point").asText())
        .contains("connect", "command", "result");
    assertThat(events)
        .extracting(event -> event.path("input").path("command").path("text").asText())
        .contains("select 1", "select 2", "drop table customers");
    assertThat(events)
        .allSatisfy(event -> {
          assertThat(event.path("result").path("outcome").asText()).isIn("forward", "refuse");
          assertThat(event.path("labels").path("region").asText()).isEqualTo("north");
          assertThat(event.path("labels").path("id").asText()).isNotEmpty();
          assertThat(event.path("bundles").path("policy").path("revision").asText()).isNotEmpty();
        });
    assertThat(new TreeSet<>(ids(events))).isEqualTo(recorded()).hasSameSizeAs(events);
  }

  private List<JsonNode> events() throws IOException {
    List<JsonNode> events = new ArrayList<>();
    for (String line : Files.readAllLines(work.resolve("decisions.ndjson"))) {
      events.add(JSON.readTree(line));
    }
    return events;
  }

  private static List<String> ids(List<JsonNode> events) {
    return events.stream().map(event -> event.path("decision_id").asText()).toList();
  }

  /** The decisions that the recording names. */
  private TreeSet<String> recorded() throws IOException {
    TreeSet<String> decisions = new TreeSet<>();
    SessionReader reader = new SessionReader(work.resolve("recordings"));
    for (SessionSummary session : List.copyOf(reader.sessions())) {
      addDecision(session.metadata(), decisions);
      try (Stream<StoredRecord> records = reader.records(session.id())) {
        for (StoredRecord record : records.toList()) {
          if (List.of("command", "result").contains(record.event().type())) {
            addDecision(record.event().body(), decisions);
          }
        }
      }
    }
    return decisions;
  }

  private static void addDecision(byte[] json, TreeSet<String> decisions) throws IOException {
    JsonNode decision = JSON.readTree(json).path("decision");
    if (!decision.isMissingNode()) {
      decisions.add(decision.asText());
    }
  }

  private Configuration configuration(RunningDemo demo) throws Exception {
    try (var in = DecisionLogsIT.class.getResourceAsStream("/bundles/starter.tar.gz")) {
      Files.copy(Objects.requireNonNull(in), work.resolve("starter.tar.gz"));
    }
    return demo.configuration(
        work,
        "",
        """
        policy:
          bundle: starter.tar.gz
        recording:
          folder: recordings
        decision_logs:
          file: decisions.ndjson
          labels: {region: north}
        """);
  }
}

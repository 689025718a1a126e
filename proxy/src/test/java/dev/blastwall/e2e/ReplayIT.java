package dev.blastwall.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.blastwall.authoring.Change;
import dev.blastwall.authoring.ChangeGroups;
import dev.blastwall.authoring.RecordedDecision;
import dev.blastwall.authoring.Recordings;
import dev.blastwall.authoring.Replay;
import dev.blastwall.authoring.ReplayReport;
import dev.blastwall.config.Configuration;
import dev.blastwall.demo.DemoUser;
import dev.blastwall.gateway.Gateway;
import dev.blastwall.opa.Json;
import dev.blastwall.policy.OfflinePolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Traffic that a gateway recorded, judged again. */
class ReplayIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Of each kind; enough that shapes are shared, and some are given up. {@code benchmarks/replay}
   * asks for more.
   */
  private static final int TIMES = Integer.getInteger("replay.times", 300);

  @TempDir private static Path work;
  private static RunningDemo demo;
  private static Path starter;

  @BeforeAll
  static void record() throws Exception {
    demo = new RunningDemo();
    starter = work.resolve("starter.tar.gz");
    try (var in = ReplayIT.class.getResourceAsStream("/bundles/starter.tar.gz")) {
      Files.copy(Objects.requireNonNull(in), starter);
    }
    try (Gateway gateway = Gateway.start(configuration())) {
      for (DemoUser user : List.of(DemoUser.ALICE, DemoUser.AGENT, DemoUser.PIPELINE)) {
        work(gateway, user);
      }
    }
  }

  @AfterAll
  static void stop() {
    demo.close();
  }

  /** All kinds of outcome, values, results, and statements that nobody understands. */
  private static void work(Gateway gateway, DemoUser user) throws SQLException {
    try (Connection connection = demo.connect(gateway, user);
        Statement statement = connection.createStatement();
        PreparedStatement prepared =
            connection.prepareStatement("select name, email from customers where id = ?")) {
      for (int i = 0; i < TIMES; i++) {
        attempt(() -> statement.execute("select item, amount from orders limit 1"));
        int id = i;
        attempt(() -> {
          prepared.setInt(1, id);
          return prepared.execute();
        });
        attempt(() -> statement.execute("select 1 as number_" + id % 300));
      }
      // What is held is given up after a second, which withdraws it.
      statement.setQueryTimeout(1);
      attempt(() -> statement.execute("delete from customers where id = 1000"));
      attempt(() -> statement.execute("delete from payments"));
      attempt(() -> statement.execute("drop table customers"));
      attempt(() -> statement.execute("this is no statement"));
      attempt(() -> statement.execute("select count(*) from customers"));
    }
  }

  private interface Attempt {
    boolean run() throws SQLException;
  }

  private static void attempt(Attempt attempt) {
    try {
      attempt.run();
    } catch (SQLException refused) {
      assertThat(refused.getSQLState()).isNotEqualTo("08006");
    }
  }

  @Test
  void whatIsRecordedIsWhatPolicySaw() throws Exception {
    // Given
    Map<String, JsonNode> logged = new HashMap<>();
    for (String line : Files.readAllLines(work.resolve("decisions.ndjson"))) {
      JsonNode event = JSON.readTree(line);
      logged.put(event.path("decision_id").asText(), timeless(event.path("input")));
    }

    // When
    List<RecordedDecision> recorded = new ArrayList<>();
    long unreadable = recordings().forEach(Instant.MIN, recorded::add);

    // Then
    assertThat(unreadable).isZero();
    assertThat(recorded).hasSameSizeAs(logged.keySet()).hasSizeGreaterThan(6 * TIMES);
    for (RecordedDecision decision : recorded) {
      JsonNode input = timeless(JSON.readTree(Json.writeBytes(decision.input())));
      assertThat(input).as(decision.id()).isEqualTo(logged.get(decision.id()));
    }
  }

  private static JsonNode timeless(JsonNode input) {
    ((ObjectNode) input).remove("time");
    return input;
  }

  @Test
  void theSamePolicyChangesNothing() throws Exception {
    List<Change> changes = new ArrayList<>();
    OfflinePolicy same = OfflinePolicy.load(starter);
    long start = System.nanoTime();
    Replay replay = Replay.of(recordings(), Instant.MIN, same, changes::add);
    // benchmarks/replay shows this line.
    System.out.printf(
        "replayed %,d decisions in %.1f s%n", replay.judged(), (System.nanoTime() - start) / 1e9);
    assertThat(changes).isEmpty();
    assertThat(replay.judged()).isGreaterThan(6 * TIMES);
  }

  @Test
  void anotherPolicyChangesExactlyWhatItDecidesOtherwise() throws Exception {
    // Given: nobody reads orders any more, and names are masked.
    OfflinePolicy candidate =
        OfflinePolicy.load(
            candidate(
                """
                package policy.candidate

                import data.blastwall.sql

                refuse contains {"code": "no_orders", "message": "Orders are closed."} if {
                	input.point == "command"
                	sql.reads("orders")
                }

                mask contains {"column": "customers.name", "method": "redact"} if input.point == "result"
                """));
    Map<String, String> direct = new HashMap<>();
    for (String line : Files.readAllLines(work.resolve("decisions.ndjson"))) {
      JsonNode event = JSON.readTree(line);
      JsonNode before = event.path("result");
      JsonNode after =
          JSON.readTree(
              Json.writeBytes(
                  candidate.evaluate(Json.read(event.path("input").toString())).orElseThrow()));
      if (!effect(before).equals(effect(after))) {
        direct.put(event.path("decision_id").asText(), after.path("outcome").asText());
      }
    }

    // When
    Map<String, String> replayed = new HashMap<>();
    ChangeGroups groups = new ChangeGroups();
    Replay replay =
        Replay.of(
            recordings(),
            Instant.MIN,
            candidate,
            change -> {
              replayed.put(change.asked().id(), change.after().outcome());
              groups.add(change);
            });

    // Then
    assertThat(replayed).isEqualTo(direct).hasSizeGreaterThan(2 * TIMES);
    assertThat(replay.changed()).isEqualTo(replayed.size());
    String table =
        new ReplayReport(candidate.revision(), replay, groups.groups())
            .as(ReplayReport.Format.MARKDOWN);
    assertThat(table)
        .contains("| " + TIMES + " | command | forward → refuse | `+no_orders` | `alice` |")
        .contains("`alice by agent`")
        .contains("`select item, amount from orders limit 1`");
  }

  @Test
  void aRecordedCommandIsExplained() throws Exception {
    // Given
    List<String> ids = new ArrayList<>();
    recordings()
        .forEach(
            Instant.MIN,
            decision -> {
              if (decision.text().equals("drop table customers")) {
                ids.add(decision.id());
              }
            });

    // When
    Program explain =
        Program.blastwall(
            work,
            "policy",
            "explain",
            ids.getFirst(),
            "--bundle",
            starter.toString(),
            "--recordings",
            work.resolve("recordings").toString());

    // Then
    assertThat(explain.exitCode()).as(explain.output()).isZero();
    assertThat(explain.output())
        .contains("drop table customers")
        .containsPattern("was +refuse by ")
        .containsPattern("is now +refuse by ")
        .containsPattern("policy/starter/\\S+\\.rego:\\d+");
  }

  /** What somebody notices; the words of a permission are not. */
  private static JsonNode effect(JsonNode decision) {
    ObjectNode effect = JSON.createObjectNode();
    effect.set("outcome", decision.path("outcome"));
    List<String> codes = new ArrayList<>();
    if (!decision.path("outcome").asText().equals("forward")) {
      decision.path("reasons").forEach(reason -> codes.add(reason.path("code").asText()));
    }
    effect.set("codes", JSON.valueToTree(codes.stream().sorted().toList()));
    effect.set("masks", decision.path("masks"));
    effect.set("hold", decision.path("hold"));
    return effect;
  }

  private static Path candidate(String rules) throws Exception {
    Path folder = Files.createDirectories(work.resolve("candidate"));
    Path archive = work.resolve("candidate.tar.gz");
    Path sources = Path.of("..", "policy-bundles", "target", "stage", "starter").toAbsolutePath();
    Files.writeString(folder.resolve("candidate.rego"), rules);
    Program built =
        Program.run(
            sources.normalize(),
            Map.of(),
            "",
            List.of(
                OpaTool.path().toString(),
                "build",
                "-t",
                "plan",
                "-e",
                "blastwall/decision",
                "--ignore",
                "*_test.rego",
                "--revision",
                "candidate",
                "-o",
                archive.toString(),
                ".",
                folder.toString()));
    assertThat(built.exitCode()).as(built.output()).isZero();
    return archive;
  }

  private static Recordings recordings() {
    return new Recordings(work.resolve("recordings"));
  }

  private static Configuration configuration() throws Exception {
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
        """);
  }
}

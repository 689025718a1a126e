package dev.blastwall.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastwall.command.Client;
import dev.blastwall.command.ColumnOrigin;
import dev.blastwall.command.Command;
import dev.blastwall.command.CommandDigest;
import dev.blastwall.command.Connection;
import dev.blastwall.command.Principal;
import dev.blastwall.command.Replication;
import dev.blastwall.command.ResultColumn;
import dev.blastwall.command.Session;
import dev.blastwall.command.Unclassified;
import dev.blastwall.e2e.OpaTool;
import dev.blastwall.opa.Bundle;
import dev.blastwall.opa.Evaluation;
import dev.blastwall.opa.Json;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.PolicyEngine;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import dev.blastwall.opa.bundle.BundleReader;
import dev.blastwall.opa.embedded.EmbeddedEngine;
import dev.blastwall.opa.sidecar.SidecarEngines;
import dev.blastwall.opa.sidecar.SidecarListener;
import dev.blastwall.opa.sidecar.SidecarOptions;
import dev.blastwall.protocol.sql.SqlUnderstanding;
import dev.blastwall.protocol.sql.Understood;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same questions to the embedded engine and to a real OPA, about each bundle that ships: every
 * statement that the tests of understanding know, asked by random principals at each point.
 */
class EngineParityIT {

  private static final int SECONDS = 120;
  private static final long NOW = 1_767_268_800_000_000_000L;
  private static final SidecarOptions PATIENT =
      SidecarOptions.DEFAULT.withTimeout(Duration.ofSeconds(SECONDS));

  private static final List<String> TABLES = List.of("customers", "orders", "products", "x");
  private static final List<String> COLUMNS =
      List.of("email", "national_id", "card_number", "id", "*", "name");

  private static final List<String> OF_THE_SHOP =
      List.of(
          "select email, card_number from customers where id = 1",
          "select * from customers",
          "select * from shop.customers c join orders o on o.customer_id = c.id",
          "update customers set email = '***' where id = 1",
          "update customers set email = 'x'",
          "delete from orders where id = 1",
          "delete from orders",
          "insert into orders (id) values (1)",
          "drop table customers",
          "create table copy as select * from customers",
          "copy customers to stdout",
          "truncate orders");

  /** So often are these asked, by other people each time: they are what rules speak about. */
  private static final int TIMES = 10;

  private final Random random = new Random(7);

  private static SqlUnderstanding understanding;

  @BeforeAll
  static void start() {
    understanding = new SqlUnderstanding(1);
  }

  @AfterAll
  static void stop() throws Exception {
    understanding.close();
  }

  /** Each folder of sources, so that none that is added stays out. */
  static List<String> bundles() throws Exception {
    try (Stream<Path> folders = Files.list(Path.of("../policy-bundles"))) {
      return folders
          .filter(folder -> Files.isDirectory(folder.resolve("policy")))
          .map(folder -> folder.getFileName().toString())
          // What authors begin with is none yet.
          .filter(name -> !name.equals("skeleton"))
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void bothEnginesDecideAlike(String name) throws Exception {
    Bundle bundle = bundle(name);
    PolicyEngine embedded = EmbeddedEngine.load(bundle);
    List<Value> inputs = inputs();
    try (SidecarEngines engines =
        new SidecarEngines(
            OpaTool.path(), PATIENT, OpaPolicy.ENTRYPOINT, new SidecarListener() {})) {
      PolicyEngine sidecar = engines.engine(bundle);

      for (Value input : inputs) {
        assertThat(ask(sidecar, input)).as(input.toString()).isEqualTo(ask(embedded, input));
      }
    }
    assertThat(inputs.size()).isGreaterThan(1_000);
    assertThat(inputs.stream().map(input -> outcome(embedded, input)).distinct())
        .as("outcomes that were compared")
        .containsExactlyInAnyOrder(
            holds(bundle)
                ? new String[] {"forward", "hold", "refuse"}
                : new String[] {"forward", "refuse"});
  }

  private static boolean holds(Bundle bundle) {
    return bundle.sources().files().entrySet().stream()
        .filter(file -> file.getKey().contains("policy/"))
        .anyMatch(file -> file.getValue().contains("\nhold contains"));
  }

  private static String outcome(PolicyEngine engine, Value input) {
    CompletableFuture<Evaluation> answer = new CompletableFuture<>();
    engine.evaluate(OpaPolicy.ENTRYPOINT, input, answer::complete);
    return answer.join() instanceof Evaluation.Defined(Value value, String revision)
            && value instanceof ObjectValue object
            && object.get("outcome") instanceof StringValue outcome
        ? outcome.text()
        : "none";
  }

  /** The answer as JSON, which has no sets. */
  private static String ask(PolicyEngine engine, Value input) throws Exception {
    CompletableFuture<Evaluation> answer = new CompletableFuture<>();
    engine.evaluate(OpaPolicy.ENTRYPOINT, input, answer::complete);
    return switch (answer.get(SECONDS, TimeUnit.SECONDS)) {
      case Evaluation.Defined(Value value, String revision) -> Json.write(value);
      case Evaluation.Undefined undefined -> "undefined";
      case Evaluation.Failed failed ->
          failed.cause().getClass().getSimpleName() + ": " + failed.cause().getMessage();
    };
  }

  private static Bundle bundle(String name) throws Exception {
    try (InputStream in =
        EngineParityIT.class.getResourceAsStream("/bundles/" + name + ".tar.gz")) {
      return BundleReader.read(Objects.requireNonNull(in));
    }
  }

  private List<Value> inputs() throws Exception {
    List<Value> inputs = new ArrayList<>();
    for (Principal.Kind kind : Principal.Kind.values()) {
      inputs.add(new SessionInput(session(kind)).of(new Question.Connect(), NOW));
    }
    for (Command command : commands()) {
      for (Principal.Kind kind : Principal.Kind.values()) {
        addBothPoints(new SessionInput(session(kind)), command, inputs);
      }
    }
    return inputs;
  }

  private void addBothPoints(SessionInput session, Command command, List<Value> inputs) {
    CommandDigest digest = new CommandDigest("00");
    inputs.add(granted(session.of(new Question.Judge(random.nextInt(3), command, digest), NOW)));
    inputs.add(granted(session.of(new Question.Describe(1, command, digest, columns()), NOW)));
  }

  /** The question, now and then under a grant. */
  private Value granted(Value input) {
    if (random.nextInt(3) > 0) {
      return input;
    }
    ObjectValue grant =
        new ObjectValue(3)
            .put("id", "g1")
            .put("expires", any(List.of("2027-01-01T00:00:00Z", "2025-01-01T00:00:00Z")))
            .put("reason", any(List.of("INC-7", "because")));
    ObjectValue session = new ObjectValue(2).put("id", "s1").put("grant", grant);
    return ((ObjectValue) input).copy(0).put("session", session);
  }

  private static List<Command> commands() throws Exception {
    List<Command> commands = new ArrayList<>();
    Stream<String> ofTheShop =
        Collections.nCopies(TIMES, OF_THE_SHOP).stream().flatMap(List::stream);
    for (String text : Stream.concat(known(), ofTheShop).toList()) {
      CompletableFuture<Understood> understood = new CompletableFuture<>();
      understanding.understand(text, Runnable::run, understood::complete);
      commands.add(
          understood.get(SECONDS, TimeUnit.SECONDS).batch(Arrays.asList("a", null, "***")));
    }
    commands.add(new Unclassified("postgresql", "FunctionCall"));
    commands.add(new Replication("postgresql", "physical"));
    return commands;
  }

  private static Stream<String> known() throws Exception {
    try (InputStream in = SqlUnderstanding.class.getResourceAsStream("describe/statements.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#") && !line.startsWith("  =>") && !line.isBlank());
    }
  }

  private List<ResultColumn> columns() {
    List<ResultColumn> columns = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      List<ColumnOrigin> origins = new ArrayList<>();
      for (int j = random.nextInt(3); j > 0; j--) {
        origins.add(
            new ColumnOrigin(random.nextBoolean() ? null : "shop", any(TABLES), any(COLUMNS)));
      }
      String type = random.nextBoolean() ? "text" : "int4";
      columns.add(
          new ResultColumn(
              any(COLUMNS), type, origins, random.nextBoolean(), random.nextBoolean()));
    }
    return columns;
  }

  private String any(List<String> words) {
    return words.get(random.nextInt(words.size()));
  }

  /** Somebody whom one or another of the bundles knows. */
  private Session session(Principal.Kind kind) {
    Principal.Actor actor =
        new Principal.Actor("planner", "https://issuer.example", Principal.Kind.AGENT);
    String issuer =
        kind == Principal.Kind.CI
            ? "https://token.actions.githubusercontent.com"
            : "https://issuer.example";
    return new Session(
        "s1",
        new Principal(
            "alice",
            issuer,
            kind,
            List.of(any(List.of("engineers", "support", "dba", "analysts", "on-call"))),
            claims(),
            random.nextInt(3) == 0 ? List.of(actor) : List.of()),
        new Connection(
            "shop", "postgresql", "shop", Map.of("env", any(List.of("production", "test")))),
        new Client("127.0.0.1", "psql", random.nextBoolean()),
        Instant.EPOCH,
        Instant.MAX);
  }

  private Map<String, Object> claims() {
    return Map.of(
        "amr",
        List.of("otp"),
        "level",
        1.5,
        "n",
        9_007_199_254_740_993L,
        "repository_id",
        "74",
        "event_name",
        any(List.of("push", "pull_request")),
        "ref",
        "refs/heads/main",
        "ref_protected",
        "true",
        "environment",
        "production");
  }
}

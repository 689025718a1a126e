package dev.blastwall.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.blastwall.command.Client;
import dev.blastwall.command.ColumnOrigin;
import dev.blastwall.command.ColumnUse;
import dev.blastwall.command.Command;
import dev.blastwall.command.CommandDigest;
import dev.blastwall.command.Connection;
import dev.blastwall.command.Lineage;
import dev.blastwall.command.Principal;
import dev.blastwall.command.Replication;
import dev.blastwall.command.ResultColumn;
import dev.blastwall.command.Session;
import dev.blastwall.command.SqlBatch;
import dev.blastwall.command.SqlStatement;
import dev.blastwall.command.TableAccess;
import dev.blastwall.command.Unclassified;
import dev.blastwall.command.Understanding;
import dev.blastwall.opa.Json;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** The schema against which authors check their rules is that of what the gateway really asks. */
class InputSchemaTest {

  private static final CommandDigest DIGEST = new CommandDigest("0".repeat(64));
  private static final Path COMMITTED = Path.of("../rego/schemas/input.json");

  private static final Schema SCHEMA = schema();

  @Test
  void theFileThatAuthorsUseDescribesTheRecords() throws Exception {
    // When
    String described = InputSchema.json();

    // Then: on a difference, write what the records are into the file.
    Files.writeString(Path.of("target/input.json"), described);
    assertThat(COMMITTED).as("cp proxy/target/input.json rego/schemas/").hasContent(described);
  }

  @Property(tries = 300)
  void everyQuestionIsOfTheSchema(
      @ForAll("sessions") Session session,
      @ForAll("commands") Command command,
      @ForAll("columns") List<ResultColumn> columns) {
    SessionInput input = new SessionInput(session);
    for (Question question :
        List.of(
            new Question.Connect(),
            new Question.Judge(7, command, DIGEST),
            new Question.Describe(8, command, DIGEST, columns))) {
      Value asked = input.of(question, 1);

      assertThat(errors(asked)).as(Json.write(asked)).isEmpty();
      assertThat(errors(logged(asked))).as(Json.write(asked)).isEmpty();
    }
  }

  @Test
  void aMistypedMemberIsNotOfTheSchema() throws Exception {
    Value asked =
        new SessionInput(sessions().sample())
            .of(new Question.Judge(7, new Unclassified("postgresql", "x"), DIGEST), 1);

    assertThat(errors(Json.read(Json.write(asked).replace("\"issuer\"", "\"isuer\""))))
        .isNotEmpty();
    assertThat(errors(Json.read(Json.write(asked).replace("\"digest\"", "\"digst\""))))
        .isNotEmpty();
  }

  /** What the policy is asked about the log entry of a decision. */
  private static Value logged(Value asked) {
    List<Value> questions = new ArrayList<>();
    ObjectValue event =
        new ObjectValue(2)
            .put("input", asked)
            .put(
                "result",
                new ObjectValue(2).put("outcome", "forward").put("log", new ObjectValue(0)));
    new ContractLogPolicy((entrypoint, input, then) -> questions.add(input))
        .judge(event, verdict -> {});
    return questions.getFirst();
  }

  private static List<String> errors(Value input) {
    return SCHEMA.validate(Json.write(input), InputFormat.JSON).stream()
        .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
        .toList();
  }

  private static Schema schema() {
    try {
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
          .getSchema(Files.readString(COMMITTED), InputFormat.JSON);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Provide
  Arbitrary<Session> sessions() {
    return Combinators.combine(principals(), connections(), clients())
        .as((who, where, with) -> new Session("s", who, where, with, Instant.EPOCH, Instant.MAX));
  }

  private static Arbitrary<Principal> principals() {
    Arbitrary<Principal.Kind> kinds = Arbitraries.of(Principal.Kind.class);
    Arbitrary<Object> claims =
        Arbitraries.of("text", 7, 1.5, true, List.of("a", 1), Map.of("sub", "x"));
    Arbitrary<Principal.Actor> actors =
        Combinators.combine(texts(), texts(), kinds).as(Principal.Actor::new);
    return Combinators.combine(
            texts(),
            texts(),
            kinds,
            texts().list().ofMaxSize(3),
            Arbitraries.maps(texts(), claims).ofMaxSize(3),
            actors.list().ofMaxSize(3))
        .as(Principal::new);
  }

  private static Arbitrary<Connection> connections() {
    return Combinators.combine(
            texts(),
            texts(),
            texts().injectNull(0.3),
            Arbitraries.maps(texts(), texts()).ofMaxSize(2))
        .as(Connection::new);
  }

  private static Arbitrary<Client> clients() {
    return Combinators.combine(texts(), texts(), Arbitraries.of(true, false)).as(Client::new);
  }

  @Provide
  Arbitrary<Command> commands() {
    return Arbitraries.oneOf(
        List.of(
            batches(),
            Combinators.combine(texts(), texts()).as(Replication::new),
            Combinators.combine(texts(), texts()).as(Unclassified::new)));
  }

  private static Arbitrary<Command> batches() {
    return Combinators.combine(
            texts(),
            texts(),
            Arbitraries.of(Understanding.class),
            statements().list().ofMaxSize(3),
            texts().injectNull(0.3).list().ofMaxSize(3),
            Arbitraries.of(true, false))
        .as(SqlBatch::new);
  }

  private static Arbitrary<SqlStatement> statements() {
    Arbitrary<TableAccess> tables =
        Combinators.combine(
                texts().injectNull(0.3), texts(), Arbitraries.of(TableAccess.Access.class))
            .as(TableAccess::new);
    Arbitrary<ColumnUse> uses =
        Combinators.combine(origins(), Arbitraries.of(ColumnUse.Use.class)).as(ColumnUse::new);
    return Combinators.combine(
            texts(),
            tables.list().ofMaxSize(2),
            uses.list().ofMaxSize(2),
            texts().list().ofMaxSize(2),
            Arbitraries.of(true, false),
            Arbitraries.longs().injectNull(0.3),
            texts().list().ofMaxSize(2))
        .as((type, named, used, functions, where, limit, effects) ->
            new SqlStatement(type, named, used, functions, where, limit, effects, Lineage.EMPTY));
  }

  private static Arbitrary<ColumnOrigin> origins() {
    return Combinators.combine(texts().injectNull(0.3), texts(), texts()).as(ColumnOrigin::new);
  }

  @Provide
  Arbitrary<List<ResultColumn>> columns() {
    Arbitrary<Boolean> flags = Arbitraries.of(true, false);
    return Combinators.combine(texts(), texts(), origins().list().ofMaxSize(2), flags, flags)
        .as(ResultColumn::new)
        .list()
        .ofMaxSize(3);
  }

  private static Arbitrary<String> texts() {
    return Arbitraries.strings().ofMaxLength(5);
  }
}

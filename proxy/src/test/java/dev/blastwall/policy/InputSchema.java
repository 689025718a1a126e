package dev.blastwall.policy;

import static dev.blastwall.policy.RecordSchemas.anyOf;
import static dev.blastwall.policy.RecordSchemas.array;
import static dev.blastwall.policy.RecordSchemas.closed;
import static dev.blastwall.policy.RecordSchemas.member;
import static dev.blastwall.policy.RecordSchemas.optional;
import static dev.blastwall.policy.RecordSchemas.orNull;
import static dev.blastwall.policy.RecordSchemas.type;
import static dev.blastwall.policy.RecordSchemas.words;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.blastwall.command.Client;
import dev.blastwall.command.ColumnUse;
import dev.blastwall.command.Command;
import dev.blastwall.command.Connection;
import dev.blastwall.command.Principal;
import dev.blastwall.command.Replication;
import dev.blastwall.command.ResultColumn;
import dev.blastwall.command.Session;
import dev.blastwall.command.SqlBatch;
import dev.blastwall.command.SqlStatement;
import dev.blastwall.command.Unclassified;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The JSON Schema of {@code input}, made from the records that {@link SessionInput} describes. What
 * is said here by hand is where the contract differs from them.
 */
final class InputSchema {

  private static final Map<Class<?>, String> KINDS =
      Map.of(
          SqlBatch.class,
          "sql",
          Replication.class,
          "replication",
          Unclassified.class,
          "unclassified");

  private final RecordSchemas records = new RecordSchemas();

  private InputSchema() {}

  /** The content of {@code rego/schemas/input.json}. */
  static String json() throws JsonProcessingException {
    DefaultPrettyPrinter lines = new DefaultPrettyPrinter();
    lines.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
    return new ObjectMapper().writer(lines).writeValueAsString(new InputSchema().input()) + "\n";
  }

  private ObjectNode input() {
    adjust();
    ObjectNode command = commands();
    ObjectNode result = result();
    ObjectNode points =
        anyOf(
            List.of(
                point("connect", common("connect")),
                point("command", member(common("command"), "command", command)),
                point(
                    "result",
                    member(member(common("result"), "command", command), "result", result)),
                point("log", log(command, result))));
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    schema.put("$schema", "http://json-schema.org/draft-07/schema#");
    schema.put("title", "What the gateway asks, version 1");
    schema.setAll(points);
    schema.set("definitions", records.definitions());
    return schema;
  }

  private ObjectNode point(String name, ObjectNode schema) {
    return records.define(name, schema);
  }

  private ObjectNode common(String point) {
    ObjectNode schema = closed();
    member(schema, "version", type("integer"));
    member(schema, "point", words(List.of(point)));
    member(schema, "principal", records.of(Principal.class));
    member(schema, "connection", records.of(Connection.class));
    member(schema, "client", records.of(Client.class));
    member(schema, "session", session());
    return member(schema, "time", member(closed(), "now_ns", type("integer")));
  }

  private ObjectNode session() {
    ObjectNode schema = closed();
    member(schema, "id", records.of(Session.class, "id"));
    member(schema, "parent", orNull(type("string")));
    member(schema, "commands", records.of(Question.Judge.class, "commands"));
    return records.define("session", member(schema, "grant", grant()));
  }

  /**
   * An object or null. Said in this way, because OPA lets everything be asked of {@code anyOf} with
   * null in it; the price is that it finds fault with a comparison with null.
   */
  private ObjectNode grant() {
    ObjectNode schema = closed();
    schema.putArray("type").add("object").add("null");
    Stream.of("id", "expires", "reason").forEach(name -> member(schema, name, type("string")));
    return records.define("grant", schema);
  }

  private ObjectNode commands() {
    return records.define(
        "any_command",
        anyOf(Stream.of(Command.class.getPermittedSubclasses()).map(this::command).toList()));
  }

  private ObjectNode command(Class<?> record) {
    ObjectNode schema = records.definition(record);
    member(schema, "kind", words(List.of(KINDS.get(record))));
    member(schema, "digest", type("string"));
    return records.of(record);
  }

  private ObjectNode result() {
    return records.define(
        "result_set", member(closed(), "columns", array(records.of(ResultColumn.class))));
  }

  /** Asked about the decision of any point, so what belongs to some of them may be missing. */
  private ObjectNode log(ObjectNode command, ObjectNode result) {
    ObjectNode schema = common("log");
    optional(schema, "command", command);
    optional(schema, "result", result);
    return member(schema, "decision", decision());
  }

  private ObjectNode decision() {
    ObjectNode reason = member(closed(), "code", type("string"));
    member(reason, "message", type("string"));
    ObjectNode schema = closed();
    optional(schema, "point", words(List.of("connect", "command", "result")));
    optional(schema, "outcome", words(List.of("forward", "hold", "refuse")));
    optional(schema, "reasons", array(reason));
    optional(schema, "masks", array(type("object")));
    optional(schema, "record", words(List.of("required", "buffered")));
    Stream.of("hold", "limits", "log").forEach(name -> optional(schema, name, type("object")));
    return records.define("decision", schema);
  }

  /** Where the contract says something else than the records. */
  private void adjust() {
    // Lineage is the gateway's own; policy sees it in the columns of the result.
    remove(records.definition(SqlStatement.class), "outputs");
    // A use is flat, and the column is its name.
    ObjectNode use = records.definition(ColumnUse.class);
    remove(use, "column");
    member(use, "schema", orNull(type("string")));
    member(use, "table", type("string"));
    member(use, "name", type("string"));
    member(records.definition(ResultColumn.class), "index", type("integer"));
    records.undefine("lineage", "output");
  }

  private static void remove(ObjectNode schema, String member) {
    schema.withObjectProperty("properties").remove(member);
    schema.withArrayProperty("required").removeIf(name -> name.textValue().equals(member));
  }
}

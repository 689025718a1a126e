package dev.blastwall.protocol.sql.grammar;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A node of the parse tree.
 *
 * @param kind the struct in PostgreSQL's {@code parsenodes.h} or {@code primnodes.h}
 * @param fields its fields as JSON; those at their zero value are absent
 */
public record Node(String kind, JsonNode fields) {

  private static final Map<String, String> FIELD_KINDS = ModuleNames.fields();

  /** The node in {@code field}, if there is one. */
  public Optional<Node> child(String field) {
    JsonNode value = fields.get(field);
    return value == null ? Optional.empty() : node(field, value);
  }

  /** The nodes in {@code field}; empty places of a list are left out. */
  public List<Node> list(String field) {
    JsonNode value = fields.get(field);
    return value == null ? List.of() : nodes(field, value).toList();
  }

  /** Every node directly below this one, in the tree's order. */
  public List<Node> children() {
    List<Node> children = new ArrayList<>();
    fields
        .properties()
        .forEach(field -> nodes(field.getKey(), field.getValue()).forEach(children::add));
    return children;
  }

  /** A field's text, enumerations included; empty when absent. */
  public String text(String field) {
    return fields.path(field).asText("");
  }

  /** Whether a flag is set. */
  public boolean flag(String field) {
    return fields.path(field).asBoolean(false);
  }

  /** Whether {@code field} holds anything. */
  public boolean has(String field) {
    return fields.has(field);
  }

  /** Whether this is a node of {@code kind}. */
  public boolean is(String kind) {
    return this.kind.equals(kind);
  }

  /** The texts of a list of {@code String} nodes, as names are made of. */
  public List<String> names(String field) {
    return list(field).stream()
        .filter(name -> name.is("String"))
        .map(name -> name.text("sval"))
        .toList();
  }

  private Stream<Node> nodes(String field, JsonNode value) {
    if (value.isArray()) {
      return value.valueStream().flatMap(element -> nodes(field, element));
    }
    return node(field, value).stream();
  }

  private Optional<Node> node(String field, JsonNode value) {
    String only = FIELD_KINDS.get(kind + "." + field);
    if (only != null) {
      return Optional.of(new Node(only, value));
    }
    return value.isObject() && value.size() == 1 ? Optional.of(wrapped(value)) : Optional.empty();
  }

  /** A node as {@code {"Kind": {fields}}}. */
  static Node wrapped(JsonNode value) {
    Map.Entry<String, JsonNode> only = value.properties().iterator().next();
    return new Node(only.getKey(), only.getValue());
  }
}

package dev.blastwall.opa.builtin.graphql;

import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A schema, together with what every schema has: definitions and directives by name. */
public final class Schema {
  /** What a schema may declare again; the first one counts. */
  private static final Set<String> STANDARD_DIRECTIVES =
      Set.of("include", "skip", "deprecated", "specifiedBy", "defer", "oneOf");

  /** What an extension may add to. */
  private static final List<String> EXTENSIBLE =
      List.of("Directives", "Interfaces", "Fields", "Types", "EnumValues");

  private static final ObjectValue PRELUDE = SchemaParser.parseBuiltIn(Prelude.TEXT);

  private final Map<String, ObjectValue> types = new TreeMap<>();
  private final Map<String, ObjectValue> directives = new TreeMap<>();
  private final Map<String, List<String>> possible = new TreeMap<>();

  private Schema() {}

  /**
   * The schema of a document that is valid.
   *
   * @throws GraphqlException when it is not
   */
  public static Schema of(ObjectValue document) {
    Schema schema = new Schema();
    schema.addTypes(PRELUDE);
    schema.addTypes(document);
    schema.extend(document);
    schema.types.values().forEach(schema::addPossibleTypes);
    schema.addDirectives(PRELUDE);
    schema.addDirectives(document);
    new SchemaRules(schema).check(document);
    return schema;
  }

  private void addTypes(ObjectValue document) {
    for (ObjectValue definition : Tree.nodes(document, "Definitions")) {
      if (types.put(Tree.name(definition), definition) != null) {
        throw new GraphqlException("Cannot redeclare type " + Tree.name(definition) + ".");
      }
    }
  }

  private void extend(ObjectValue document) {
    for (ObjectValue extension : Tree.nodes(document, "Extensions")) {
      String name = Tree.name(extension);
      String kind = Tree.text(extension, "Kind");
      ObjectValue base =
          types.getOrDefault(name, new Node().put("Kind", kind).put("Name", name).build());
      if (!Tree.text(base, "Kind").equals(kind)) {
        throw new GraphqlException(
            "Cannot extend type "
                + name
                + " because the base type is a "
                + Tree.text(base, "Kind")
                + ", not "
                + kind
                + ".");
      }
      types.put(name, join(base, extension));
    }
  }

  private static ObjectValue join(ObjectValue base, ObjectValue extension) {
    ObjectValue joined = base.copy(EXTENSIBLE.size());
    for (String member : EXTENSIBLE) {
      List<Value> all = new ArrayList<>();
      for (ObjectValue part : List.of(base, extension)) {
        if (part.get(member) instanceof dev.blastwall.opa.ArrayValue array) {
          all.addAll(array.asList());
        }
      }
      if (!all.isEmpty()) {
        joined.put(member, dev.blastwall.opa.ArrayValue.of(all));
      }
    }
    return joined;
  }

  private void addPossibleTypes(ObjectValue definition) {
    String name = Tree.name(definition);
    switch (Tree.text(definition, "Kind")) {
      case "UNION" -> Tree.texts(definition, "Types").forEach(type -> addPossible(name, type));
      case "OBJECT", "INPUT_OBJECT" -> {
        Tree.texts(definition, "Interfaces").forEach(type -> addPossible(type, name));
        addPossible(name, name);
      }
      case "INTERFACE" ->
          Tree.texts(definition, "Interfaces").forEach(type -> addPossible(type, name));
      default -> {}
    }
  }

  private void addPossible(String of, String type) {
    possible.computeIfAbsent(of, ignored -> new ArrayList<>()).add(type);
  }

  private void addDirectives(ObjectValue document) {
    for (ObjectValue directive : Tree.nodes(document, "Directives")) {
      String name = Tree.name(directive);
      if (directives.containsKey(name) && !STANDARD_DIRECTIVES.contains(name)) {
        throw new GraphqlException("Cannot redeclare directive " + name + ".");
      }
      directives.put(name, directive);
    }
  }

  Map<String, ObjectValue> types() {
    return types;
  }

  Map<String, ObjectValue> directives() {
    return directives;
  }

  @Nullable ObjectValue type(String name) {
    return types.get(name);
  }

  /** The kind of a type; empty if there is none of that name. */
  String kind(String name) {
    ObjectValue type = types.get(name);
    return type == null ? "" : Tree.text(type, "Kind");
  }

  /** Whether a value of one type may be one of the other. */
  boolean isPossible(String of, String type) {
    return possible.getOrDefault(of, List.of()).contains(type);
  }
}

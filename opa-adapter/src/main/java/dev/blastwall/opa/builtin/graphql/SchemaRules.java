package dev.blastwall.opa.builtin.graphql;

import dev.blastwall.opa.ObjectValue;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a schema must hold to (specification, section 3), as far as the original checks it. */
final class SchemaRules {
  private static final Set<String> INPUT_KINDS = Set.of("SCALAR", "ENUM", "INPUT_OBJECT");
  private static final Set<String> NOT_ENUM_VALUES = Set.of("true", "false", "null");

  private final Schema schema;
  private final DirectiveRules directives;

  SchemaRules(Schema schema) {
    this.schema = schema;
    this.directives = new DirectiveRules(schema);
  }

  void check(ObjectValue document) {
    List<ObjectValue> roots = Tree.nodes(document, "Schema");
    if (roots.size() > 1) {
      throw new GraphqlException(
          "Cannot have multiple schema entry points, consider schema extensions instead.");
    }
    roots.forEach(this::root);
    Tree.nodes(document, "SchemaExtension").forEach(this::root);
    schema.types().values().forEach(this::definition);
    new InputCycles(schema).check();
    for (ObjectValue directive : schema.directives().values()) {
      requireUnreserved(Tree.name(directive));
      arguments(Tree.nodes(directive, "Arguments"), Tree.name(directive));
    }
  }

  private void root(ObjectValue root) {
    for (ObjectValue operation : Tree.nodes(root, "OperationTypes")) {
      String type = Tree.text(operation, "Type");
      if (schema.type(type) == null) {
        throw new GraphqlException(
            "Schema root "
                + Tree.text(operation, "Operation")
                + " refers to a type "
                + type
                + " that does not exist.");
      }
    }
    directives.checkOnce(root, "SCHEMA", "");
  }

  static void requireUnreserved(String name) {
    if (name.startsWith("__")) {
      throw new GraphqlException(
          "Name \""
              + name
              + "\" must not begin with \"__\", which is reserved by GraphQL introspection.");
    }
  }

  private void definition(ObjectValue type) {
    String kind = Tree.text(type, "Kind");
    List<ObjectValue> fields = Tree.nodes(type, "Fields");
    fields.forEach(field -> field(field, kind));
    unionTypes(type);
    ImplementationRules implementation = new ImplementationRules(schema, type);
    Tree.texts(type, "Interfaces").forEach(implementation::check);
    switch (kind) {
      case "OBJECT", "INTERFACE" -> outputFields(type, fields);
      case "INPUT_OBJECT" -> inputFields(type, fields);
      case "ENUM" -> enumValues(type);
      default -> {}
    }
    requireDistinct(fields.stream().map(Tree::name).toList(), "Field " + Tree.name(type) + ".");
    requireDistinct(
        Tree.nodes(type, "EnumValues").stream().map(Tree::name).toList(),
        "Enum value " + Tree.name(type) + ".");
    requireDistinct(Tree.texts(type, "Types"), "Union type " + Tree.name(type) + " member ");
    if (!Tree.flag(type, "BuiltIn")) {
      requireUnreserved(Tree.name(type));
    }
    directives.check(type, kind, "", false);
  }

  private void field(ObjectValue field, String kind) {
    requireUnreserved(Tree.name(field));
    requireType(Tree.typeName(Tree.type(field)));
    arguments(Tree.nodes(field, "Arguments"), "");
    boolean isInput = kind.equals("INPUT_OBJECT");
    directives.checkOnce(field, isInput ? "INPUT_FIELD_DEFINITION" : "FIELD_DEFINITION", "");
  }

  private void requireType(String name) {
    if (schema.type(name) == null) {
      throw new GraphqlException("Undefined type " + name + ".");
    }
  }

  private void arguments(List<ObjectValue> arguments, String ofDirective) {
    for (ObjectValue argument : arguments) {
      requireUnreserved(Tree.name(argument));
      String type = Tree.typeName(Tree.type(argument));
      requireType(type);
      if (!INPUT_KINDS.contains(schema.kind(type))) {
        throw new GraphqlException(
            "cannot use "
                + Tree.written(Tree.type(argument))
                + " as argument "
                + Tree.name(argument)
                + " because "
                + schema.kind(type)
                + " is not a valid input type");
      }
      directives.checkOnce(argument, "ARGUMENT_DEFINITION", ofDirective);
    }
  }

  private void unionTypes(ObjectValue union) {
    for (String member : Tree.texts(union, "Types")) {
      if (schema.type(member) == null) {
        throw new GraphqlException("Undefined type " + Quotes.quote(member) + ".");
      }
      if (!schema.kind(member).equals("OBJECT")) {
        throw new GraphqlException("UNION type " + Quotes.quote(member) + " must be OBJECT.");
      }
    }
  }

  private static GraphqlException invalid(ObjectValue type, String what) {
    return new GraphqlException(Tree.text(type, "Kind") + " " + Tree.name(type) + ": " + what);
  }

  private void outputFields(ObjectValue type, List<ObjectValue> fields) {
    if (fields.isEmpty()) {
      throw invalid(type, "must define one or more fields.");
    }
    for (ObjectValue field : fields) {
      if (schema.kind(Tree.typeName(Tree.type(field))).equals("INPUT_OBJECT")) {
        throw invalid(type, "field must be one of SCALAR, OBJECT, INTERFACE, UNION, ENUM.");
      }
    }
  }

  private void inputFields(ObjectValue type, List<ObjectValue> fields) {
    if (fields.isEmpty()) {
      throw invalid(type, "must define one or more input fields.");
    }
    for (ObjectValue field : fields) {
      if (!INPUT_KINDS.contains(schema.kind(Tree.typeName(Tree.type(field))))) {
        throw invalid(type, "field must be one of SCALAR, ENUM, INPUT_OBJECT.");
      }
    }
  }

  private void enumValues(ObjectValue type) {
    List<ObjectValue> values = Tree.nodes(type, "EnumValues");
    if (values.isEmpty()) {
      throw invalid(type, "must define one or more unique enum values.");
    }
    for (ObjectValue value : values) {
      if (NOT_ENUM_VALUES.contains(Tree.name(value))) {
        throw invalid(type, "non-enum value " + Tree.name(value) + ".");
      }
      directives.checkOnce(value, "ENUM_VALUE", "");
    }
  }

  private static void requireDistinct(List<String> names, String what) {
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!seen.add(name)) {
        throw new GraphqlException(what + name + " can only be defined once.");
      }
    }
  }
}

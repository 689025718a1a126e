package dev.blastwall.opa.builtin.graphql;

import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.builtin.graphql.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the definitions of a schema. */
public final class SchemaParser extends Parser {
  private static final List<String> LOCATIONS =
      List.of(
          "QUERY",
          "MUTATION",
          "SUBSCRIPTION",
          "FIELD",
          "FRAGMENT_DEFINITION",
          "FRAGMENT_SPREAD",
          "INLINE_FRAGMENT",
          "VARIABLE_DEFINITION",
          "SCHEMA",
          "SCALAR",
          "OBJECT",
          "FIELD_DEFINITION",
          "ARGUMENT_DEFINITION",
          "INTERFACE",
          "UNION",
          "ENUM",
          "ENUM_VALUE",
          "INPUT_OBJECT",
          "INPUT_FIELD_DEFINITION");

  private final boolean builtIn;
  private final List<ObjectValue> schemas = new ArrayList<>();
  private final List<ObjectValue> schemaExtensions = new ArrayList<>();
  private final List<ObjectValue> directives = new ArrayList<>();
  private final List<ObjectValue> definitions = new ArrayList<>();
  private final List<ObjectValue> extensions = new ArrayList<>();

  private SchemaParser(String text, boolean builtIn) {
    super(text);
    this.builtIn = builtIn;
  }

  /** A description and the comments before it. */
  private record Description(String text, @Nullable ObjectValue comment) {
    static final Description NONE = new Description("", null);
  }

  /**
   * The tree of a schema document.
   *
   * @throws GraphqlException when the text is none
   */
  public static ObjectValue parse(String text) {
    return new SchemaParser(text, false).document();
  }

  /** The tree of what every schema has. */
  static ObjectValue parseBuiltIn(String text) {
    return new SchemaParser(text, true).document();
  }

  private ObjectValue document() {
    while (!isNext(Kind.EOF)) {
      Token first = peek();
      definition(description(), first);
    }
    return new Node()
        .put("Schema", schemas)
        .put("SchemaExtension", schemaExtensions)
        .put("Directives", directives)
        .put("Definitions", definitions)
        .put("Extensions", extensions)
        .put("Comment", comment())
        .build();
  }

  private Description description() {
    if (!isNext(Kind.STRING) && !isNext(Kind.BLOCK_STRING)) {
      return Description.NONE;
    }
    ObjectValue before = comment();
    return new Description(take().text(), before);
  }

  private void definition(Description description, Token first) {
    if (!isNext(Kind.NAME)) {
      throw unexpected(peek());
    }
    switch (peek().text()) {
      case "schema" -> schemas.add(schema(description));
      case "directive" -> directives.add(directiveDefinition(description));
      case "extend" -> {
        if (!description.text.isEmpty()) {
          throw unexpected(first);
        }
        extension();
      }
      default -> definitions.add(type(description, comment(), false));
    }
  }

  private void extension() {
    ObjectValue before = comment();
    expectKeyword("extend");
    if (peek().text().equals("schema")) {
      schemaExtensions.add(schemaExtension(before));
    } else {
      extensions.add(type(Description.NONE, before, true));
    }
  }

  private ObjectValue schema(Description description) {
    ObjectValue before = comment();
    take();
    return schemaBody(new Node(), description, before);
  }

  private ObjectValue schemaExtension(@Nullable ObjectValue before) {
    take();
    ObjectValue extension = schemaBody(new Node(), Description.NONE, before);
    if (extension.get("Directives") == null && extension.get("OperationTypes") == null) {
      throw unexpected(peek());
    }
    return extension;
  }

  private ObjectValue schemaBody(Node node, Description description, @Nullable ObjectValue before) {
    describe(node, description, before).put("Directives", directives(true));
    Enclosed<ObjectValue> operations = between(Kind.BRACE_L, Kind.BRACE_R, this::operationType, 1);
    return node.put("OperationTypes", operations.elements())
        .put("EndOfDefinitionComment", operations.comment())
        .build();
  }

  private static Node describe(Node node, Description description, @Nullable ObjectValue after) {
    return node.put("Description", description.text)
        .put("BeforeDescriptionComment", description.comment)
        .put("AfterDescriptionComment", after);
  }

  private ObjectValue operationType() {
    ObjectValue before = comment();
    Token operation = take();
    if (!List.of("query", "mutation", "subscription").contains(operation.text())) {
      throw unexpected(operation);
    }
    expect(Kind.COLON);
    return new Node()
        .put("Operation", operation.text())
        .put("Type", name())
        .put("Comment", before)
        .build();
  }

  private ObjectValue type(
      Description description, @Nullable ObjectValue before, boolean isExtension) {
    String keyword = peek().text();
    Node node = new Node();
    String kind =
        switch (keyword) {
          case "scalar" -> "SCALAR";
          case "type" -> "OBJECT";
          case "interface" -> "INTERFACE";
          case "union" -> "UNION";
          case "enum" -> "ENUM";
          case "input" -> "INPUT_OBJECT";
          default -> throw unexpected(peek());
        };
    take();
    describe(node, description, before).put("Kind", kind).put("Name", name());
    // An extension of an interface may not implement more, in the original.
    boolean implementsSome = kind.equals("OBJECT") || (kind.equals("INTERFACE") && !isExtension);
    if (implementsSome) {
      node.put("Interfaces", interfaces());
    }
    node.put("Directives", directives(!(isExtension && kind.equals("INPUT_OBJECT"))));
    body(node, kind);
    ObjectValue type = node.put("BuiltIn", builtIn).build();
    if (isExtension && saysNothing(type)) {
      throw unexpected(peek());
    }
    return type;
  }

  private static boolean saysNothing(ObjectValue type) {
    return List.of("Interfaces", "Directives", "Fields", "Types", "EnumValues").stream()
        .allMatch(member -> type.get(member) == null);
  }

  private void body(Node node, String kind) {
    switch (kind) {
      case "OBJECT", "INTERFACE" ->
          members(node, "Fields", between(Kind.BRACE_L, Kind.BRACE_R, this::field, 1));
      case "INPUT_OBJECT" ->
          members(node, "Fields", between(Kind.BRACE_L, Kind.BRACE_R, this::input, 1));
      case "ENUM" ->
          members(node, "EnumValues", between(Kind.BRACE_L, Kind.BRACE_R, this::enumValue, 1));
      case "UNION" -> node.put("Types", members());
      default -> {}
    }
  }

  private static void members(Node node, String name, Enclosed<ObjectValue> members) {
    node.put(name, members.elements()).put("EndOfDefinitionComment", members.comment());
  }

  private List<dev.blastwall.opa.Value> interfaces() {
    List<String> names = new ArrayList<>();
    if (peek().text().equals("implements")) {
      take();
      skip(Kind.AMP);
      names.add(name());
      while (skip(Kind.AMP)) {
        names.add(name());
      }
    }
    return texts(names);
  }

  private List<dev.blastwall.opa.Value> members() {
    List<String> names = new ArrayList<>();
    if (skip(Kind.EQUALS)) {
      skip(Kind.PIPE);
      names.add(name());
      while (skip(Kind.PIPE)) {
        names.add(name());
      }
    }
    return texts(names);
  }

  /** What stands before the name of a member; an empty description loses its comments. */
  private Node described() {
    Description description = description();
    boolean isEmpty = description.text.isEmpty();
    return describe(new Node(), isEmpty ? Description.NONE : description, comment());
  }

  private ObjectValue field() {
    Node field =
        described()
            .put("Name", name())
            .put("Arguments", some(Kind.PAREN_L, Kind.PAREN_R, this::input));
    expect(Kind.COLON);
    return field.put("Type", typeReference()).put("Directives", directives(true)).build();
  }

  /** An argument of a field or directive, or a field of an input object. */
  private ObjectValue input() {
    Node input = described().put("Name", name());
    expect(Kind.COLON);
    return input
        .put("Type", typeReference())
        .put("DefaultValue", skip(Kind.EQUALS) ? value(true) : null)
        .put("Directives", directives(true))
        .build();
  }

  private ObjectValue enumValue() {
    return described().put("Name", name()).put("Directives", directives(true)).build();
  }

  private ObjectValue directiveDefinition(Description description) {
    ObjectValue before = comment();
    take();
    expect(Kind.AT);
    Node node =
        describe(new Node(), description, before)
            .put("Name", name())
            .put("Arguments", some(Kind.PAREN_L, Kind.PAREN_R, this::input));
    boolean isRepeatable = peek().isName("repeatable");
    if (isRepeatable) {
      take();
    }
    expectKeyword("on");
    return node.put("IsRepeatable", isRepeatable).put("Locations", texts(locations())).build();
  }

  private List<String> locations() {
    skip(Kind.PIPE);
    List<String> locations = new ArrayList<>();
    do {
      Token location = expect(Kind.NAME);
      if (!LOCATIONS.contains(location.text())) {
        throw unexpected(location);
      }
      locations.add(location.text());
    } while (skip(Kind.PIPE));
    return locations;
  }
}

package dev.blastwall.opa.builtin.graphql;

import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.builtin.graphql.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads operations and fragments. */
public final class QueryParser extends Parser {
  private QueryParser(String text) {
    super(text);
  }

  /**
   * The tree of a query document.
   *
   * @throws GraphqlException when the text is none
   */
  public static ObjectValue parse(String text) {
    return new QueryParser(text).document();
  }

  private ObjectValue document() {
    List<ObjectValue> operations = new ArrayList<>();
    List<ObjectValue> fragments = new ArrayList<>();
    while (!isNext(Kind.EOF)) {
      if (isNext(Kind.BRACE_L)) {
        operations.add(shorthand());
        continue;
      }
      switch (isNext(Kind.NAME) ? peek().text() : "") {
        case "query", "mutation", "subscription" -> operations.add(operation());
        case "fragment" -> fragments.add(fragment());
        default -> throw unexpected(peek());
      }
    }
    return new Node().put("Operations", operations).put("Fragments", fragments).build();
  }

  /** The original loses the comments before it. */
  private ObjectValue shorthand() {
    return new Node()
        .put("Operation", "query")
        .put("Name", "")
        .put("SelectionSet", selections())
        .build();
  }

  private ObjectValue operation() {
    ObjectValue before = comment();
    return new Node()
        .put("Operation", take().text())
        .put("Name", isNext(Kind.NAME) ? take().text() : "")
        .put("VariableDefinitions", variables())
        .put("Directives", directives(false))
        .put("SelectionSet", selections())
        .put("Comment", before)
        .build();
  }

  private List<ObjectValue> variables() {
    return some(Kind.PAREN_L, Kind.PAREN_R, this::variableDefinition);
  }

  private ObjectValue variableDefinition() {
    ObjectValue before = comment();
    Node definition = new Node().put("Variable", variable());
    expect(Kind.COLON);
    return definition
        .put("Type", typeReference())
        .put("DefaultValue", skip(Kind.EQUALS) ? value(true) : null)
        .put("Directives", directives(false))
        .put("Used", false)
        .put("Comment", before)
        .build();
  }

  private List<ObjectValue> selections() {
    if (!isNext(Kind.BRACE_L)) {
      throw failure("Expected {, found " + peek().kind().shown());
    }
    return some(Kind.BRACE_L, Kind.BRACE_R, this::selection);
  }

  private ObjectValue selection() {
    return isNext(Kind.SPREAD) ? spread() : field();
  }

  private ObjectValue field() {
    ObjectValue before = comment();
    String alias = name();
    return new Node()
        .put("Alias", alias)
        .put("Name", skip(Kind.COLON) ? name() : alias)
        .put("Arguments", arguments(false))
        .put("Directives", directives(false))
        .put("SelectionSet", isNext(Kind.BRACE_L) ? selections() : List.of())
        .put("Comment", before)
        .build();
  }

  private ObjectValue spread() {
    ObjectValue before = comment();
    expect(Kind.SPREAD);
    boolean isOn = peek().text().equals("on");
    if (isNext(Kind.NAME) && !isOn) {
      return new Node()
          .put("Name", name())
          .put("Directives", directives(false))
          .put("Comment", before)
          .build();
    }
    return new Node()
        .put("TypeCondition", isOn ? typeCondition() : "")
        .put("Directives", directives(false))
        .put("SelectionSet", selections())
        .put("Comment", before)
        .build();
  }

  private String typeCondition() {
    take();
    return name();
  }

  private ObjectValue fragment() {
    @Nullable ObjectValue before = comment();
    expectKeyword("fragment");
    if (peek().text().equals("on")) {
      throw unexpected(peek());
    }
    Node fragment = new Node().put("Name", name()).put("VariableDefinition", variables());
    expectKeyword("on");
    return fragment
        .put("TypeCondition", name())
        .put("Directives", directives(false))
        .put("SelectionSet", selections())
        .put("Comment", before)
        .build();
  }
}

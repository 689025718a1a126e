package dev.blastwall.opa.builtin.graphql;

import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.Value;
import dev.blastwall.opa.builtin.graphql.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What queries and schemas have in common: tokens with comments, values, directives, types. */
class Parser {
  /** A depth at which the thread's stack still suffices. */
  private static final int MAX_DEPTH = 200;

  private static final List<String> KINDS =
      List.of(
          "Variable",
          "Int",
          "Float",
          "String",
          "Block",
          "Boolean",
          "Null",
          "Enum",
          "List",
          "Object");

  private final Lexer lexer;
  private @Nullable Token peeked;
  private @Nullable ObjectValue comment;
  private int depth;

  Parser(String text) {
    lexer = new Lexer(text);
  }

  /** The next token that is not a comment. */
  final Token peek() {
    if (peeked == null) {
      Token token = lexer.next();
      if (token.kind() == Kind.COMMENT) {
        List<ObjectValue> comments = new ArrayList<>();
        for (; token.kind() == Kind.COMMENT; token = lexer.next()) {
          comments.add(new Node().put("Value", token.text()).build());
        }
        comment = new Node().put("List", comments).build();
      }
      peeked = token;
    }
    return peeked;
  }

  final boolean isNext(Kind kind) {
    return peek().kind() == kind;
  }

  /** The comments right before the next token, if it was not yet taken; else null. */
  final @Nullable ObjectValue comment() {
    peek();
    return comment;
  }

  final Token take() {
    Token token = peek();
    if (token.kind() == Kind.INVALID) {
      throw GraphqlException.at(token.line(), token.column(), token.text());
    }
    peeked = null;
    comment = null;
    return token;
  }

  final boolean skip(Kind kind) {
    boolean isNext = isNext(kind);
    if (isNext) {
      take();
    }
    return isNext;
  }

  final Token expect(Kind kind) {
    if (!isNext(kind)) {
      throw failure("Expected " + kind.shown() + ", found " + peek().kind().shown());
    }
    return take();
  }

  final void expectKeyword(String keyword) {
    if (!peek().isName(keyword)) {
      throw failure("Expected " + Quotes.quote(keyword) + ", found " + peek().shown());
    }
    take();
  }

  final GraphqlException failure(String message) {
    return GraphqlException.at(peek().line(), peek().column(), message);
  }

  static GraphqlException unexpected(Token token) {
    return GraphqlException.at(token.line(), token.column(), "Unexpected " + token.shown());
  }

  final String name() {
    return expect(Kind.NAME).text();
  }

  /** Nothing, or one or more between two tokens. */
  final <T> List<T> some(Kind open, Kind close, Supplier<T> element) {
    return between(open, close, element, 1).elements;
  }

  /**
   * @param elements what was read
   * @param comment the comments before the closing token
   */
  record Enclosed<T>(List<T> elements, @Nullable ObjectValue comment) {}

  final <T> Enclosed<T> between(Kind open, Kind close, Supplier<T> element, int least) {
    List<T> elements = new ArrayList<>();
    if (!skip(open)) {
      return new Enclosed<>(elements, null);
    }
    if (++depth > MAX_DEPTH) {
      throw failure("the document nests too deep");
    }
    while (!isNext(close)) {
      elements.add(element.get());
    }
    depth--;
    if (elements.size() < least) {
      throw failure("expected at least one definition, found " + peek().kind().shown());
    }
    ObjectValue before = comment();
    take();
    return new Enclosed<>(elements, before);
  }

  final List<ObjectValue> directives(boolean isConstant) {
    List<ObjectValue> directives = new ArrayList<>();
    while (skip(Kind.AT)) {
      directives.add(
          new Node()
              .put("Name", name())
              .put("Arguments", arguments(isConstant))
              .put("Location", "")
              .build());
    }
    return directives;
  }

  final List<ObjectValue> arguments(boolean isConstant) {
    return some(Kind.PAREN_L, Kind.PAREN_R, () -> named(isConstant));
  }

  /** An argument, or a member of an object: they look the same. */
  private ObjectValue named(boolean isConstant) {
    ObjectValue before = comment();
    Node node = new Node().put("Name", name());
    expect(Kind.COLON);
    return node.put("Value", value(isConstant)).put("Comment", before).build();
  }

  final ObjectValue value(boolean isConstant) {
    Token token = peek();
    ObjectValue before = comment();
    return switch (token.kind()) {
      case BRACKET_L ->
          collection(
              "List",
              between(Kind.BRACKET_L, Kind.BRACKET_R, () -> element(isConstant), 0).elements,
              before);
      case BRACE_L ->
          collection(
              "Object",
              between(Kind.BRACE_L, Kind.BRACE_R, () -> named(isConstant), 0).elements,
              before);
      case DOLLAR -> {
        if (isConstant) {
          throw unexpected(token);
        }
        yield scalar("Variable", variable());
      }
      case INT -> literal("Int");
      case FLOAT -> literal("Float");
      case STRING -> literal("String");
      case BLOCK_STRING -> literal("Block");
      case NAME ->
          switch (token.text()) {
            case "true", "false" -> literal("Boolean");
            case "null" -> literal("Null");
            default -> literal("Enum");
          };
      default -> throw unexpected(token);
    };
  }

  private ObjectValue element(boolean isConstant) {
    return new Node().put("Name", "").put("Value", value(isConstant)).build();
  }

  private ObjectValue literal(String kind) {
    return scalar(kind, take().text());
  }

  /** The original looks for comments only after it took the value, when there are none. */
  private static ObjectValue scalar(String kind, String raw) {
    return valueNode(kind, raw).build();
  }

  private static ObjectValue collection(
      String kind, List<ObjectValue> children, @Nullable ObjectValue before) {
    return valueNode(kind, "").put("Children", children).put("Comment", before).build();
  }

  private static Node valueNode(String kind, String raw) {
    return new Node()
        .put("Raw", raw)
        .put("Kind", KINDS.indexOf(kind))
        .put("ExpectedTypeHasDefault", false);
  }

  final String variable() {
    expect(Kind.DOLLAR);
    return name();
  }

  final ObjectValue typeReference() {
    Node type = new Node();
    if (skip(Kind.BRACKET_L)) {
      if (++depth > MAX_DEPTH) {
        throw failure("the document nests too deep");
      }
      type.put("NamedType", "").put("Elem", typeReference());
      depth--;
      expect(Kind.BRACKET_R);
    } else {
      type.put("NamedType", name());
    }
    return type.put("NonNull", skip(Kind.BANG)).build();
  }

  static List<Value> texts(List<String> texts) {
    return texts.stream().map(Value::of).toList();
  }
}

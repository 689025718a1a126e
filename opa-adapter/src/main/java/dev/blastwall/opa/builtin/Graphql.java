package dev.blastwall.opa.builtin;

import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import dev.blastwall.opa.builtin.graphql.GraphqlException;
import dev.blastwall.opa.builtin.graphql.QueryParser;
import dev.blastwall.opa.builtin.graphql.Schema;
import dev.blastwall.opa.builtin.graphql.SchemaParser;
import java.util.function.Function;

/** GraphQL documents. */
final class Graphql {
  private Graphql() {}

  static void register(Builtins.Registry registry) {
    registry.unary("graphql.parse_query", parser(QueryParser::parse));
    registry.unary("graphql.parse_schema", parser(SchemaParser::parse));
    registry.unary("graphql.schema_is_valid", (context, schema) -> Value.of(isValid(schema)));
  }

  private static Builtin.Unary parser(Function<String, ObjectValue> parse) {
    return (context, text) -> {
      try {
        return parse.apply(Operands.string(text, 1));
      } catch (GraphqlException e) {
        throw BuiltinFailure.failed(String.valueOf(e.getMessage()));
      }
    };
  }

  private static boolean isValid(Value schema) {
    try {
      return switch (schema) {
        case StringValue string -> Schema.of(SchemaParser.parse(string.text())) != null;
        case ObjectValue tree -> Schema.of(tree) != null;
        default -> false;
      };
    } catch (GraphqlException e) {
      return false;
    }
  }
}

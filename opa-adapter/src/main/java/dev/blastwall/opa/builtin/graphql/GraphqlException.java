package dev.blastwall.opa.builtin.graphql;

/** The text is not a GraphQL document, or the schema is not a valid one. */
public final class GraphqlException extends RuntimeException {
  GraphqlException(String message) {
    super(message, null, false, false);
  }

  /** The failure at a place, counted from 1, in OPA's words. */
  static GraphqlException at(int line, int column, String message) {
    return new GraphqlException(message + " in GraphQL string at location " + line + ":" + column);
  }
}

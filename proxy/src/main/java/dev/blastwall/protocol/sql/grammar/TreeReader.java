package dev.blastwall.protocol.sql.grammar;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Reads the parse tree that libpg_query writes as JSON. */
final class TreeReader {

  // What walks the tree recurses; a level of an expression is about four levels of JSON.
  private static final int MAXIMUM_DEPTH = 4_000;

  private static final ObjectReader READER =
      new ObjectMapper(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAXIMUM_DEPTH).build())
                  .build())
          .reader();

  private TreeReader() {}

  /** The statements in {@code json}; one that is empty has no node and is left out. */
  static List<Node> read(byte[] json) {
    return parsed(json)
        .path("stmts")
        .valueStream()
        .map(statement -> statement.path("stmt"))
        .filter(JsonNode::isObject)
        .map(Node::wrapped)
        .toList();
  }

  /** The functions in what PL/pgSQL's parser writes. */
  static List<Node> functions(byte[] json) {
    return parsed(json).path("plpgsql_funcs").valueStream().map(Node::wrapped).toList();
  }

  private static JsonNode parsed(byte[] json) {
    try {
      return READER.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.blastwall.protocol.sql.describe;

import java.util.List;

/** What a protocol must know of a statement besides what policy sees. */
public sealed interface SqlDetail {

  /** Nothing. */
  enum Plain implements SqlDetail {
    PLAIN
  }

  /**
   * A bulk transfer.
   *
   * @param in whether rows go to the server
   * @param format how the rows are written
   * @param columns the columns of the relation that are transferred; empty means all, in the
   *     relation's order; always empty for a query, whose columns are the statement's outputs
   * @param overWire whether the rows travel on the connection and not through a file or program
   * @param delimiter the text between two values
   * @param nullText the text that stands for NULL
   * @param quote what values in CSV may stand between
   * @param escape what stands before a quote in a value in CSV
   * @param header whether the first row holds the names
   * @param recoded whether rows are in an encoding of their own
   */
  record Copy(
      boolean in,
      Format format,
      List<String> columns,
      boolean overWire,
      String delimiter,
      String nullText,
      String quote,
      String escape,
      boolean header,
      boolean recoded)
      implements SqlDetail {
    public Copy {
      columns = List.copyOf(columns);
    }
  }

  /** How COPY writes rows. */
  enum Format {
    TEXT,
    CSV,
    BINARY
  }

  /**
   * PREPARE: the statement's description is that of what was prepared.
   *
   * @param name what EXECUTE will say
   */
  record Prepares(String name) implements SqlDetail {}

  /**
   * EXECUTE: only the session knows what it runs.
   *
   * @param name what PREPARE said
   */
  record Executes(String name) implements SqlDetail {}

  /**
   * DECLARE CURSOR: the statement's outputs are those of its query.
   *
   * @param name what FETCH will say
   */
  record DeclaresCursor(String name) implements SqlDetail {}

  /**
   * FETCH: only the session knows where the rows come from.
   *
   * @param name what DECLARE said
   */
  record Fetches(String name) implements SqlDetail {}
}

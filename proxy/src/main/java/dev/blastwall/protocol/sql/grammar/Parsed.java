package dev.blastwall.protocol.sql.grammar;

import java.util.List;

/** What the grammar says about a text. */
public sealed interface Parsed {

  /**
   * It is SQL.
   *
   * @param statements the statements, in order
   */
  record Tree(List<Node> statements) implements Parsed {
    public Tree {
      statements = List.copyOf(statements);
    }
  }

  /**
   * It is not.
   *
   * @param message PostgreSQL's own words, without a final stop
   * @param position where, in characters from 1; 0 when PostgreSQL does not say
   */
  record SyntaxError(String message, int position) implements Parsed {}
}

package dev.blastwall.protocol.sql.describe;

import dev.blastwall.protocol.sql.grammar.Node;
import java.util.List;
import java.util.Optional;

/** Reads texts that stand inside a statement: code, and queries that are values. */
public interface Texts {

  /** The statements of an SQL text; empty when it cannot be read. */
  Optional<List<Node>> sql(String text);

  /** As {@link dev.blastwall.protocol.sql.grammar.Grammar#plpgsql}. */
  Optional<List<Node>> plpgsql(String text);
}

package dev.blastwall.protocol.sql.describe;

import dev.blastwall.protocol.sql.grammar.Node;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query of a WITH clause. With RECURSIVE it may name itself and those that come after it, so it
 * is described when first needed.
 */
final class WithQuery {

  private final Node node;
  private final Scope scope;
  private final Queries queries;
  private @Nullable List<OutputColumn> columns;
  private boolean running;
  private boolean recursive;

  WithQuery(Node node, Scope scope, Queries queries) {
    this.node = node;
    this.scope = scope;
    this.queries = queries;
  }

  List<OutputColumn> columns() {
    if (columns != null) {
      return columns;
    }
    if (running) {
      recursive = true;
      return firstRound();
    }
    running = true;
    List<OutputColumn> own = named(queries.query(body(), scope));
    if (recursive) {
      own = repeated(own);
    }
    running = false;
    columns = own;
    return own;
  }

  /**
   * A recursive query feeds on itself: what flows into one column may have come from any column of
   * the round before. The rounds end when nothing new flows; each adds a step of a path through the
   * columns, so there are at most as many as columns.
   */
  private List<OutputColumn> repeated(List<OutputColumn> first) {
    List<OutputColumn> before = first;
    for (int round = 0; round <= first.size(); round++) {
      columns = before;
      List<OutputColumn> after = named(queries.query(body(), scope));
      if (after.equals(before)) {
        return after;
      }
      before = after;
    }
    return before;
  }

  /** What the query yields before it has fed on itself: the part before UNION. */
  private List<OutputColumn> firstRound() {
    Node body = body();
    return body.has("larg") && !body.has("withClause")
        ? named(queries.query(body.child("larg").orElseThrow(), scope))
        : List.of(OutputColumn.several(Flow.NONE));
  }

  private Node body() {
    return node.child("ctequery").orElseThrow();
  }

  private List<OutputColumn> named(List<OutputColumn> raw) {
    List<OutputColumn> named = new ArrayList<>(Relation.renamed(raw, node.names("aliascolnames")));
    Flow all = OutputColumn.flows(raw);
    node.child("search_clause")
        .ifPresent(search -> named.add(OutputColumn.one(search.text("search_seq_column"), all)));
    node.child("cycle_clause")
        .ifPresent(cycle -> {
          named.add(OutputColumn.one(cycle.text("cycle_mark_column"), Flow.NONE));
          named.add(OutputColumn.one(cycle.text("cycle_path_column"), all));
        });
    return named;
  }
}

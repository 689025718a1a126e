package dev.blastwall.protocol.sql.describe;

import static dev.blastwall.command.ColumnUse.Use.PREDICATE;

import dev.blastwall.protocol.sql.grammar.Node;
import java.util.List;
import java.util.Optional;

/** ORDER BY, GROUP BY and DISTINCT ON: they may name columns of the result, also by position. */
final class Ordering {

  private final Facts facts;
  private final Expressions expressions;
  private final List<OutputColumn> columns;

  Ordering(Facts facts, Expressions expressions, List<OutputColumn> columns) {
    this.facts = facts;
    this.expressions = expressions;
    this.columns = columns;
  }

  /** A bare name is a column of the result if there is one of that name. */
  void order(Node item, Scope scope) {
    Node expression = item.is("SortBy") ? item.child("node").orElse(item) : item;
    Optional<Flow> result = result(expression);
    result.ifPresent(flow -> facts.columns(flow, PREDICATE));
    if (result.isEmpty()) {
      expressions.flow(expression, scope, PREDICATE);
    }
  }

  /** A bare name is a column of FROM if there is one, which only the catalog knows: both. */
  void group(Node item, Scope scope) {
    if (item.is("GroupingSet")) {
      item.list("content").forEach(inner -> group(inner, scope));
      return;
    }
    Optional<Flow> result = result(item);
    result.ifPresent(flow -> facts.columns(flow, PREDICATE));
    if (result.isEmpty() || !item.is("ColumnRef") || scope.name(name(item)).isPresent()) {
      expressions.flow(item, scope, PREDICATE);
    }
  }

  private Optional<Flow> result(Node expression) {
    facts.spend(columns.size());
    if (expression.is("A_Const")) {
      return position(expression);
    }
    if (!expression.is("ColumnRef") || expression.list("fields").size() != 1) {
      return Optional.empty();
    }
    String name = name(expression);
    List<Flow> named =
        columns.stream()
            .filter(column -> name.equals(column.name()))
            .map(OutputColumn::flow)
            .toList();
    return named.isEmpty() ? fromStar(name) : Optional.of(Flow.union(named));
  }

  private Optional<Flow> fromStar(String name) {
    return OutputColumn.countable(columns)
        ? Optional.empty()
        : Optional.of(Relation.derived(null, columns).column(name));
  }

  private Optional<Flow> position(Node constant) {
    int position = constant.fields().path("ival").path("ival").asInt(0);
    if (position < 1) {
      return Optional.empty();
    }
    boolean known = OutputColumn.countable(columns) && position <= columns.size();
    return Optional.of(known ? columns.get(position - 1).flow() : OutputColumn.flows(columns));
  }

  private static String name(Node columnRef) {
    List<String> names = columnRef.names("fields");
    return names.isEmpty() ? "" : names.getLast();
  }
}

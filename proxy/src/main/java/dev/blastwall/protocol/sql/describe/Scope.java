package dev.blastwall.protocol.sql.describe;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which names mean what at a place in a statement. Inner names hide outer ones; the name of a WITH
 * query hides a table.
 *
 * @param outer the scope around this one, or null
 * @param relations what FROM has brought in so far
 * @param queries the WITH queries by name
 * @param merged whether USING or NATURAL merged columns, so that {@code *} has another order
 */
record Scope(
    @Nullable Scope outer,
    List<Relation> relations,
    Map<String, WithQuery> queries,
    boolean merged) {

  private static final int MAXIMUM_RELATIONS = 1000;

  static final Scope EMPTY = new Scope(null, List.of(), Map.of(), false);

  Scope {
    relations = List.copyOf(relations);
  }

  /** A scope inside this one that knows {@code relations}. */
  Scope inner(List<Relation> inside) {
    return new Scope(this, inside, Map.of(), false);
  }

  /** A scope inside this one that knows WITH queries; the map may still grow. */
  Scope withQueries(HashMap<String, WithQuery> inside) {
    return new Scope(this, List.of(), inside, false);
  }

  /** This scope after one more item of FROM. */
  Scope plus(FromItem item) {
    List<Relation> all = new ArrayList<>(relations);
    all.addAll(item.relations());
    if (all.size() > MAXIMUM_RELATIONS) {
      throw new TooComplexException();
    }
    return new Scope(outer, all, queries, merged || item.merged());
  }

  Optional<WithQuery> query(String name) {
    for (Scope scope = this; scope != null; scope = scope.outer) {
      WithQuery query = scope.queries.get(name);
      if (query != null) {
        return Optional.of(query);
      }
    }
    return Optional.empty();
  }

  /** The relation that {@code qualifier} means. */
  Optional<Relation> relation(List<String> qualifier) {
    for (Scope scope = this; scope != null; scope = scope.outer) {
      Optional<Relation> found =
          scope.relations.stream()
              .filter(relation -> relation.isNamed(qualifier))
              // The one that says its schema, before the one that leaves it to the search path.
              .min(Comparator.comparing(relation -> relation.schema() == null));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** All that an unqualified name may mean: a column, or the whole row of a relation. */
  Optional<Flow> name(String name) {
    List<Flow> flows = new ArrayList<>(columns(name));
    List<String> qualifier = List.of(name);
    relation(qualifier).filter(row -> !row.has(name)).ifPresent(row -> flows.add(row.row()));
    return flows.isEmpty() ? Optional.empty() : Optional.of(Flow.union(flows));
  }

  /** All columns that an unqualified name may mean. */
  Flow column(String name) {
    return Flow.union(columns(name));
  }

  /** Goes outwards until a relation is known to have the column. */
  private List<Flow> columns(String name) {
    List<Flow> flows = new ArrayList<>();
    for (Scope scope = this; scope != null; scope = scope.outer) {
      List<Relation> candidates =
          scope.relations.stream().filter(relation -> relation.mayHave(name)).toList();
      candidates.forEach(relation -> flows.add(relation.column(name)));
      if (candidates.stream().anyMatch(relation -> relation.has(name))) {
        break;
      }
    }
    return flows;
  }

  /** What {@code *} stands for. */
  List<OutputColumn> star() {
    List<OutputColumn> all =
        relations.stream().flatMap(relation -> relation.columns().stream()).toList();
    return merged ? List.of(new OutputColumn(null, OutputColumn.flows(all), true, true)) : all;
  }
}

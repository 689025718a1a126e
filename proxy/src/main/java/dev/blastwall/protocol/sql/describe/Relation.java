package dev.blastwall.protocol.sql.describe;

import static dev.blastwall.command.ColumnOrigin.WHOLE_ROW;

import dev.blastwall.command.ColumnOrigin;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that FROM brings into scope.
 *
 * @param schema the schema under which a reference may qualify it; null for all but plain tables
 * @param name the name under which the scope knows it, or null
 * @param columns its columns
 * @param qualifiable whether a reference may put a schema before the name
 */
record Relation(
    @Nullable String schema,
    @Nullable String name,
    List<OutputColumn> columns,
    boolean qualifiable) {

  Relation {
    columns = List.copyOf(columns);
  }

  /** A table as it is. */
  static Relation table(@Nullable String schema, String table) {
    Flow stored = Flow.of(new ColumnOrigin(schema, table, WHOLE_ROW));
    Flow row = Statistics.hold(schema, table) ? stored.untraced() : stored;
    return new Relation(schema, table, List.of(new OutputColumn(null, row, true, true)), true);
  }

  static Relation derived(@Nullable String name, List<OutputColumn> columns) {
    return new Relation(null, name, columns, false);
  }

  /** The same under another name; then the schema no longer qualifies it. */
  Relation as(String alias) {
    return new Relation(null, alias, columns, false);
  }

  /** Its first columns under other names. */
  Relation withColumnNames(List<String> names) {
    return names.isEmpty() ? this : new Relation(schema, name, renamed(columns, names), false);
  }

  static List<OutputColumn> renamed(List<OutputColumn> columns, List<String> names) {
    if (names.isEmpty()) {
      return columns;
    }
    if (!OutputColumn.countable(columns)) {
      // Which column a name means depends on how many came before it.
      return List.of(OutputColumn.several(OutputColumn.flows(columns)));
    }
    List<OutputColumn> renamed = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      renamed.add(i < names.size() ? columns.get(i).renamed(names.get(i)) : columns.get(i));
    }
    return renamed;
  }

  /** Whether the qualifier of a reference, for example {@code s.t}, means this relation. */
  boolean isNamed(List<String> qualifier) {
    String last = qualifier.getLast();
    if (!last.equals(name)) {
      return false;
    }
    // Without a catalog an unqualified table may well be the one of that schema.
    return qualifier.size() == 1
        || (qualifiable && (schema == null || schema.equals(qualifier.get(qualifier.size() - 2))));
  }

  boolean mayHave(String column) {
    return columns.stream().anyMatch(candidate -> candidate.mayBe(column));
  }

  /** Whether it has that column for sure. */
  boolean has(String column) {
    return columns.stream().anyMatch(candidate -> column.equals(candidate.name()));
  }

  Flow column(String column) {
    List<OutputColumn> exact =
        columns.stream().filter(candidate -> column.equals(candidate.name())).toList();
    return Flow.union(
        columns.stream()
            .filter(
                candidate -> exact.isEmpty() ? candidate.mayBe(column) : exact.contains(candidate))
            .map(candidate -> candidate.as(column))
            .toList());
  }

  Flow row() {
    return OutputColumn.flows(columns);
  }
}

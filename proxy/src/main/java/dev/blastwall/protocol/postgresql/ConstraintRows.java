package dev.blastwall.protocol.postgresql;

import dev.blastwall.command.ColumnOrigin;
import dev.blastwall.command.ResultColumn;
import dev.blastwall.protocol.sql.resolve.Origins;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a report about a constraint may show (SQLSTATE class 23), columns that the command
 * never named too: of the table that the report names, of those that it refers to, and of those
 * that the command names.
 */
final class ConstraintRows {

  private static final String INTEGRITY_CONSTRAINT_VIOLATION = "23";

  private final SessionCatalog catalog;

  ConstraintRows(SessionCatalog catalog) {
    this.catalog = catalog;
  }

  /**
   * The rows as columns of a result; none when the report is about something else.
   *
   * @param then gets them on the event loop, perhaps before this method returns
   */
  void of(Report report, Judged judged, Consumer<List<ResultColumn>> then) {
    if (!report.field(Report.SQL_STATE).startsWith(INTEGRITY_CONSTRAINT_VIOLATION)) {
      then.accept(List.of());
      return;
    }
    List<ResultColumn> rows = new ArrayList<>(named(judged));
    String schema = report.field(Report.SCHEMA);
    String table = report.field(Report.TABLE);
    if (table.isEmpty()) {
      rows.add(row(List.of(), false));
      then.accept(rows);
      return;
    }
    rows.add(row(List.of(whole(schema, table)), true));
    boolean settled = catalog.isSettled();
    catalog.constrained(
        schema,
        table,
        known -> {
          rows.addAll(stored(known));
          if (!settled || known.isEmpty()) {
            rows.add(row(List.of(), false));
          }
          then.accept(rows);
        });
  }

  private static List<ResultColumn> named(Judged judged) {
    return judged.batch().statements().stream()
        .flatMap(statement -> statement.tables().stream())
        .map(table -> row(List.of(whole(table.schema(), table.name())), true))
        .distinct()
        .toList();
  }

  private static List<ResultColumn> stored(Collection<Relation> relations) {
    List<ResultColumn> rows = new ArrayList<>();
    for (Relation relation : relations) {
      Origins origins = relation.column(0);
      rows.add(origins == null ? row(List.of(), false) : row(origins.all(), origins.traced()));
    }
    return rows;
  }

  private static ColumnOrigin whole(@Nullable String schema, String table) {
    return new ColumnOrigin(schema, table, ColumnOrigin.WHOLE_ROW);
  }

  private static ResultColumn row(List<ColumnOrigin> origins, boolean traced) {
    return new ResultColumn(ColumnOrigin.WHOLE_ROW, "record", origins, traced, false);
  }
}

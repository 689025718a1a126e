package dev.blastwall.protocol.sql.describe;

import dev.blastwall.command.ColumnOrigin;
import dev.blastwall.command.ColumnUse.Use;
import dev.blastwall.command.Lineage;
import dev.blastwall.command.SqlStatement;
import dev.blastwall.command.TableAccess;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A description as one line, so that tables of cases can be read. */
final class Rendered {

  private Rendered() {}

  static String description(Description description) {
    return description.understanding().word()
        + description.statements().stream()
            .map(Rendered::statement)
            .collect(Collectors.joining(" ;; ", " ", ""));
  }

  private static String statement(SqlStatement statement) {
    StringBuilder line = new StringBuilder(statement.type());
    for (TableAccess.Access access : TableAccess.Access.values()) {
      part(
          line,
          access.word(),
          statement.tables().stream()
              .filter(table -> table.access() == access)
              .map(table -> name(table.schema(), table.name()))
              .toList());
    }
    for (Use use : Use.values()) {
      part(
          line,
          use.word(),
          statement.columns().stream()
              .filter(column -> column.use() == use)
              .map(column -> origin(column.column()))
              .toList());
    }
    part(line, "calls", statement.functions());
    part(line, "effects", statement.sideEffects());
    if (statement.hasWhere()) {
      line.append(" where");
    }
    if (statement.limit() != null) {
      line.append(" limit=").append(statement.limit());
    }
    part(line, "->", statement.outputs().columns().stream().map(Rendered::output).toList());
    return line.toString();
  }

  private static void part(StringBuilder line, String name, List<String> values) {
    if (!values.isEmpty()) {
      line.append(' ').append(name).append(values);
    }
  }

  private static String output(Lineage.Output output) {
    String origins =
        output.origins().stream().map(Rendered::origin).collect(Collectors.joining("+"));
    return (origins.isEmpty() ? "-" : origins)
        + (output.expands() ? "…" : "")
        + (output.traced() ? "" : "?");
  }

  private static String origin(ColumnOrigin origin) {
    return name(origin.schema(), origin.table()) + "." + origin.column();
  }

  private static String name(@Nullable String schema, String name) {
    return schema == null ? name : schema + "." + name;
  }
}

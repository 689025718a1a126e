package dev.blastwall.protocol.postgresql;

import dev.blastwall.command.ColumnOrigin;
import dev.blastwall.command.ColumnUse;
import dev.blastwall.command.Lineage;
import dev.blastwall.command.ResultColumn;
import dev.blastwall.command.SqlBatch;
import dev.blastwall.command.SqlStatement;
import dev.blastwall.command.TableAccess;
import dev.blastwall.command.TableAccess.Access;
import dev.blastwall.command.Understanding;
import dev.blastwall.protocol.sql.describe.BuiltinFunctions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Whose values the server may speak of while it runs a command, as columns for policy. */
final class Touched {

  /** They name tables and evaluate nothing over their rows. */
  private static final Set<String> ROWLESS =
      Set.of("create_table", "drop", "comment", "grant", "revoke", "truncate", "lock");

  private static final ResultColumn ANYTHING =
      new ResultColumn("", "text", List.of(), false, false);

  private Touched() {}

  /**
   * The columns.
   *
   * @param somebodys whether what was said came from code that somebody wrote
   */
  static List<ResultColumn> columns(Judged judged, boolean somebodys) {
    Set<ColumnOrigin> origins = new LinkedHashSet<>();
    boolean anything = somebodys || judged.batch().understanding() == Understanding.PARTIAL;
    for (SqlStatement statement : judged.batch().statements()) {
      statement.columns().stream().map(ColumnUse::column).forEach(origins::add);
      origins.addAll(rows(statement));
      anything |= runsUnseen(statement);
    }
    List<ResultColumn> columns = new ArrayList<>();
    for (ColumnOrigin origin : origins) {
      columns.add(new ResultColumn(origin.column(), "text", List.of(origin), true, false));
    }
    if (anything || writes(judged.batch()) && judged.runsCode()) {
      columns.add(ANYTHING);
    }
    return columns;
  }

  /** Checks, indexes and generated columns of a table read more of a row than a text names. */
  private static List<ColumnOrigin> rows(SqlStatement statement) {
    return ROWLESS.contains(statement.type())
        ? List.of()
        : statement.tables().stream()
            .filter(table -> table.access() != Access.READ)
            .map(Touched::row)
            .toList();
  }

  private static ColumnOrigin row(TableAccess table) {
    return new ColumnOrigin(table.schema(), table.name(), ColumnOrigin.WHOLE_ROW);
  }

  /** What a function of somebody's own reads may be anything. */
  private static boolean runsUnseen(SqlStatement statement) {
    return !statement.functions().stream().allMatch(BuiltinFunctions::isOne)
        || !statement.outputs().columns().stream().allMatch(Lineage.Output::traced);
  }

  private static boolean writes(SqlBatch batch) {
    return batch.statements().stream()
        .flatMap(statement -> statement.tables().stream())
        .anyMatch(table -> table.access() == Access.WRITE);
  }
}

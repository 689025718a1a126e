package dev.blastwall.protocol.sql.describe;

import static dev.blastwall.command.ColumnOrigin.WHOLE_ROW;

import dev.blastwall.command.ColumnOrigin;
import dev.blastwall.command.Lineage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A column of a query's result, or a number of them that only the catalog knows.
 *
 * @param name its name, or null where it is not known or stands for several
 * @param flow where its value comes from
 * @param expands whether it stands for several columns
 * @param open whether the several columns have the names they have in their tables
 */
record OutputColumn(@Nullable String name, Flow flow, boolean expands, boolean open) {

  static OutputColumn one(@Nullable String name, Flow flow) {
    return new OutputColumn(name, flow, false, false);
  }

  static OutputColumn several(Flow flow) {
    return new OutputColumn(null, flow, true, false);
  }

  static Flow flows(List<OutputColumn> columns) {
    return Flow.union(columns.stream().map(OutputColumn::flow).toList());
  }

  static boolean countable(List<OutputColumn> columns) {
    return columns.stream().noneMatch(OutputColumn::expands);
  }

  static Lineage lineage(List<OutputColumn> columns) {
    return new Lineage(columns.stream().map(OutputColumn::output).toList());
  }

  /** Whether a reference to {@code wanted} may mean this column. */
  boolean mayBe(String wanted) {
    return name == null || wanted.equals(name);
  }

  /** The flow of what {@code wanted} means here. */
  Flow as(String wanted) {
    return open
        ? flow.map(origin ->
            origin.column().equals(WHOLE_ROW)
                ? new ColumnOrigin(origin.schema(), origin.table(), wanted)
                : origin)
        : flow;
  }

  OutputColumn renamed(@Nullable String newName) {
    return new OutputColumn(newName, flow, expands, false);
  }

  private Lineage.Output output() {
    return new Lineage.Output(flow.list(), flow.traced(), expands);
  }
}

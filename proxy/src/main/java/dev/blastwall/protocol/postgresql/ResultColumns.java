package dev.blastwall.protocol.postgresql;

import dev.blastwall.command.ColumnOrigin;
import dev.blastwall.command.Lineage;
import dev.blastwall.command.ResultColumn;
import dev.blastwall.protocol.sql.resolve.Origins;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Says where result columns come from, by what the wire tells and by what the text tells. */
final class ResultColumns {

  private ResultColumns() {}

  /** The OIDs of the relations that {@code columns} name. */
  static Set<Integer> relations(List<WireColumn> columns) {
    Set<Integer> oids = new LinkedHashSet<>();
    for (WireColumn column : columns) {
      if (column.relation() != 0) {
        oids.add(column.relation());
      }
    }
    return oids;
  }

  /**
   * The columns as policy sees them.
   *
   * @param relations what the catalog says about the relations named
   * @param lineage what the text says
   * @param settled whether the catalog shows the session's own relations: not while the session has
   *     changed them in a transaction that is open
   */
  static List<ResultColumn> of(
      List<WireColumn> columns,
      Map<Integer, Relation> relations,
      Lineage lineage,
      boolean settled) {
    List<ResultColumn> described = new ArrayList<>(columns.size());
    for (int i = 0; i < columns.size(); i++) {
      WireColumn column = columns.get(i);
      Lineage.Output text = lineage.at(i, columns.size());
      Relation relation = settled ? relations.get(column.relation()) : null;
      Origins wire = relation == null ? null : relation.column(column.attribute());
      described.add(
          relation == null || wire == null
              ? fromText(column, text)
              : fromWire(column, relation, wire, text));
    }
    return described;
  }

  /** The server's own word for a plain column is the whole truth; the text adds only doubt. */
  private static ResultColumn fromWire(
      WireColumn column, Relation relation, Origins wire, Lineage.Output text) {
    if (wire.traced()) {
      return new ResultColumn(column.name(), type(column), wire.all(), true, relation.stored());
    }
    List<ColumnOrigin> all = new ArrayList<>(wire.all());
    all.addAll(text.origins());
    return new ResultColumn(column.name(), type(column), all, false, false);
  }

  private static ResultColumn fromText(WireColumn column, Lineage.Output text) {
    // A relation that the catalog does not show is not what the text says it is.
    boolean traced = text.traced() && column.relation() == 0;
    return new ResultColumn(column.name(), type(column), text.origins(), traced, false);
  }

  private static String type(WireColumn column) {
    return PostgresqlType.name(column.type());
  }
}

package dev.blastwall.protocol.postgresql;

import dev.blastwall.command.ColumnOrigin;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A relation as the catalog knows it.
 *
 * @param columns where the values of each column come from, by attribute number; 0 is the whole row
 */
record Relation(Map<Integer, Origins> columns) {

  Relation {
    columns = Map.copyOf(columns);
  }

  /** No relation of that OID is visible to the gateway. */
  static final Relation UNKNOWN = new Relation(Map.of());

  /**
   * Where values come from.
   *
   * @param all every stored column that may be in them
   * @param traced whether that is known to be all
   */
  record Origins(List<ColumnOrigin> all, boolean traced) {
    Origins {
      all = List.copyOf(all);
    }
  }

  /** The origins of a column, or null when there is no such column. */
  @Nullable Origins column(int attribute) {
    return columns.get(attribute);
  }
}

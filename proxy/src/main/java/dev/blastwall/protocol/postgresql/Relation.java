package dev.blastwall.protocol.postgresql;

import dev.blastwall.protocol.sql.resolve.Behind;
import dev.blastwall.protocol.sql.resolve.KnownRelation;
import dev.blastwall.protocol.sql.resolve.Origins;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A relation as the catalog knows it.
 *
 * @param columns where the values of each column come from, by attribute number; 0 is the whole row
 * @param stored whether its columns are stored values and nothing computed from them
 * @param known the same for statements that name it
 */
record Relation(Map<Integer, Origins> columns, boolean stored, KnownRelation known) {

  Relation {
    columns = Map.copyOf(columns);
  }

  /** No relation of that OID is visible to the gateway. */
  static final Relation UNKNOWN =
      new Relation(Map.of(), false, KnownRelation.opaque(Origins.NONE, Behind.NOTHING));

  /** A relation that somehow stands on itself. */
  static final Relation CIRCULAR =
      new Relation(
          Map.of(),
          false,
          KnownRelation.opaque(new Origins(List.of(), false), Behind.NOT_UNDERSTOOD));

  /** The origins of a column, or null when there is no such column. */
  @Nullable Origins column(int attribute) {
    return columns.get(attribute);
  }
}

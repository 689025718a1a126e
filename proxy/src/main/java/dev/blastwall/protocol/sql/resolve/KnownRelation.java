package dev.blastwall.protocol.sql.resolve;

import static dev.blastwall.command.ColumnOrigin.WHOLE_ROW;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A relation as a catalog knows it.
 *
 * @param columns its columns by name, and what their values hold besides the column's own: for a
 *     plain table nothing, for a view what it selects
 * @param opaque whether it may have other columns; these hold what the whole row holds
 * @param whenRead what reading it does
 * @param whenWritten what writing it does
 */
public record KnownRelation(
    Map<String, Origins> columns, boolean opaque, Behind whenRead, Behind whenWritten) {

  public KnownRelation {
    columns = Map.copyOf(withRow(columns));
  }

  private static Map<String, Origins> withRow(Map<String, Origins> columns) {
    Map<String, Origins> all = new LinkedHashMap<>(columns);
    all.putIfAbsent(WHOLE_ROW, Origins.union(columns.values()));
    return all;
  }

  /** A relation with these columns and no others. */
  public static KnownRelation of(
      Map<String, Origins> columns, Behind whenRead, Behind whenWritten) {
    return new KnownRelation(columns, false, whenRead, whenWritten);
  }

  /** A relation of whose columns nothing is known but what all of them may hold. */
  public static KnownRelation opaque(Origins row, Behind behind) {
    return new KnownRelation(Map.of(WHOLE_ROW, row), true, behind, behind);
  }

  /** What a column holds besides, or null when there is no such column. */
  @Nullable Origins column(String name) {
    Origins known = columns.get(name);
    return known == null && opaque ? row() : known;
  }

  /** What the whole row holds besides. */
  public Origins row() {
    return columns.getOrDefault(WHOLE_ROW, Origins.NONE);
  }
}

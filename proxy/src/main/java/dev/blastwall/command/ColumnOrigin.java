package dev.blastwall.command;

import org.jspecify.annotations.Nullable;

/**
 * A column of a stored relation.
 *
 * @param schema the schema, or null where the text does not say
 * @param table the relation
 * @param column the column, or {@code *} for the whole row
 */
public record ColumnOrigin(@Nullable String schema, String table, String column) {

  /** The column name that stands for every column of the relation. */
  public static final String WHOLE_ROW = "*";
}

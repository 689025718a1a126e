package dev.blastwall.command;

import java.util.Locale;

/**
 * A column that a statement uses, and what for.
 *
 * @param column the column, or {@code *} for the whole row
 * @param use what the statement does with it
 */
public record ColumnUse(ColumnOrigin column, Use use) {

  /** What a statement does with a column. */
  public enum Use {
    /** Its value reaches the result. */
    OUTPUT,
    /** Its value decides about the result without being shown. */
    PREDICATE,
    /** It is changed. */
    WRITE;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The word policy sees. */
    public String word() {
      return word;
    }
  }
}

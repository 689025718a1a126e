package dev.blastwall.opa.plan;

/**
 * Where something stands in the Rego that was compiled.
 *
 * @param file as the build named it
 * @param row from 1; 0 for what an optimizer made
 * @param column from 1
 * @param endRow of its last character
 * @param endColumn behind its last character
 */
public record Location(String file, int row, int column, int endRow, int endColumn) {
  /** Whether the other stands within this, or is this. */
  public boolean holds(Location other) {
    return file.equals(other.file)
        && isUpTo(row, column, other.row, other.column)
        && isUpTo(other.endRow, other.endColumn, endRow, endColumn);
  }

  private static boolean isUpTo(int row, int column, int otherRow, int otherColumn) {
    return row < otherRow || (row == otherRow && column <= otherColumn);
  }
}

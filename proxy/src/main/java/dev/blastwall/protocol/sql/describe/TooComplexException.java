package dev.blastwall.protocol.sql.describe;

/** A statement would take too long to describe. It is not understood; a simpler one may be. */
public final class TooComplexException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Why, for the author of the statement. */
  public static final String MESSAGE =
      "the statement names too many columns of too many relations to be described";

  TooComplexException() {
    super(MESSAGE);
  }
}

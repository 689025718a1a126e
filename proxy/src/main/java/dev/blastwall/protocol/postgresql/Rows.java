package dev.blastwall.protocol.postgresql;

/** How the rows of one result set reach the client. */
sealed interface Rows {

  /** Not described yet: no row may pass. */
  enum Undescribed implements Rows {
    UNDESCRIBED
  }

  /** As they came. */
  enum Verbatim implements Rows {
    VERBATIM
  }

  /**
   * With values changed.
   *
   * @param mask what is changed
   */
  record Masked(RowMask mask) implements Rows {}

  /**
   * Not at all.
   *
   * @param instead what to say instead
   */
  record Withheld(Report instead) implements Rows {}
}

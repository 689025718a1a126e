package dev.blastwall.command;

import java.util.Locale;

/** How far a command was understood. A parser's opinion is never trusted further than this. */
public enum Understanding {
  /** Every part is described. */
  COMPLETE,
  /** Something was read that the description does not show. */
  PARTIAL,
  /** The text could not be read. */
  NONE;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** The word policy sees. */
  public String word() {
    return word;
  }
}

package dev.blastwall.masking;

import org.jspecify.annotations.Nullable;

/** Looks for one kind of secret. Texts are bytes as characters (ISO 8859-1): finds are ASCII. */
interface Finder {

  /**
   * Where a find stands.
   *
   * @param start its first character
   * @param end behind its last
   */
  record Find(int start, int end) {}

  /** The first find that begins at {@code from} or behind, or null. */
  @Nullable Find next(String text, int from);
}

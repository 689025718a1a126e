package dev.blastwall.masking;

import org.jspecify.annotations.Nullable;

/**
 * A detector and what to do with what it finds.
 *
 * @param detector what to look for
 * @param mask how to change a find
 */
public record DetectorMask(Detector detector, Mask mask) {

  /**
   * {@code text} with every find replaced; the same text when there is none; null for NULL.
   *
   * @param text bytes as characters (ISO 8859-1)
   */
  @Nullable String apply(String text) {
    return detector.replaceIn(text, mask);
  }
}

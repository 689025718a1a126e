package dev.blastwall.masking;

import org.jspecify.annotations.Nullable;

/**
 * A detector and what to do with what it finds.
 *
 * @param detector what to look for
 * @param mask how to change a find
 */
public record DetectorMask(Detector detector, Mask mask) {

  /** {@code text} with every find replaced; the same array when there is none; null for NULL. */
  byte @Nullable [] apply(byte[] text) {
    return detector.replaceIn(text, mask);
  }
}

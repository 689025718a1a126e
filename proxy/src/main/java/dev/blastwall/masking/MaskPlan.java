package dev.blastwall.masking;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What policy wants changed in one result set.
 *
 * @param columns the mask of each column that has one, by its index from 0
 * @param detectors what to look for in the values of all other text-like columns
 */
public record MaskPlan(Map<Integer, Mask> columns, List<DetectorMask> detectors) {

  /** Nothing is to be changed. */
  public static final MaskPlan NONE = new MaskPlan(Map.of(), List.of());

  public MaskPlan {
    columns = Map.copyOf(columns);
    detectors = List.copyOf(detectors);
  }

  /** Whether the result may pass untouched. */
  public boolean isEmpty() {
    return columns.isEmpty() && detectors.isEmpty();
  }

  /** The mask of column {@code index}, or null. */
  public @Nullable Mask column(int index) {
    return columns.get(index);
  }

  /**
   * {@code text} with everything that a detector found replaced; the same array when nothing was
   * found. Never called for a column that has a mask of its own.
   *
   * @param text UTF-8
   * @return UTF-8, or null where a detector's method is NULL
   */
  public byte @Nullable [] detect(byte[] text) {
    // Finds are ASCII, and this is the fastest way to look for words in bytes.
    String whole = new String(text, StandardCharsets.ISO_8859_1);
    String masked = whole;
    for (DetectorMask detector : detectors) {
      masked = detector.apply(masked);
      if (masked == null) {
        return null;
      }
    }
    return masked.equals(whole) ? text : masked.getBytes(StandardCharsets.ISO_8859_1);
  }
}

package dev.blastwall.protocol.postgresql;

import dev.blastwall.masking.Mask;
import dev.blastwall.masking.MaskPlan;
import dev.blastwall.protocol.sql.describe.SqlDetail;
import org.jspecify.annotations.Nullable;

/**
 * What to change in rows that COPY sends. They come without types, so a masked value is masked as a
 * text; in binary format only NULL fits for sure.
 *
 * @param plan what to change
 * @param copy how the rows are written; of several COPYs in one command, the first
 * @param width how many columns a row has, or -1 where the text does not tell
 */
record CopyPlan(MaskPlan plan, SqlDetail.Copy copy, int width) {

  static final int UNKNOWN = -1;

  /** What stands for NULL and for nothing else: in a value the backslash is doubled. */
  private static final String OWN_NULL = "\\N";

  /** Why rows cannot be sent so, or null when they can. */
  @Nullable String obstacle() {
    if (!plan.columns().isEmpty() && (width == UNKNOWN || copy.recoded())) {
      return "COPY would send a column that is masked, and its place in the rows is not known";
    }
    if (!plan.columns().isEmpty() && mayBeTakenForNull()) {
      return "COPY would show which values of a masked column are like its word for NULL";
    }
    if (copy.format() == SqlDetail.Format.BINARY && !plan.detectors().isEmpty()) {
      return "COPY in binary format cannot be searched for values that are masked";
    }
    boolean removes =
        plan.detectors().stream().anyMatch(detector -> detector.mask() instanceof Mask.Nullify);
    return removes ? "COPY cannot put NULL in the place of a value" : null;
  }

  /** CSV quotes a value that is like it. */
  private boolean mayBeTakenForNull() {
    return copy.format() == SqlDetail.Format.TEXT && !copy.nullText().equals(OWN_NULL);
  }
}

package dev.blastwall.protocol.postgresql;

import dev.blastwall.masking.MaskPlan;
import org.jspecify.annotations.Nullable;

/** Changes what detectors find; types without text pass as they are. */
record Detecting(MaskPlan plan) implements LeafMasks {

  @Override
  public ValueMask text() {
    return plan::detect;
  }

  @Override
  public ValueMask json() {
    return value -> jsonOrNull(value, plan.detect(value));
  }

  @Override
  public ValueMask opaque() {
    return value -> plan.detect(value) == value ? value : null;
  }

  @Override
  public @Nullable ValueMask identifier(boolean binary) {
    return null;
  }

  @Override
  public @Nullable ValueMask time(TypeShape.Time time, boolean binary) {
    return null;
  }

  @Override
  public @Nullable ValueMask scalar() {
    return null;
  }

  /** A find outside a JSON string, a number for example, leaves something that is not JSON. */
  private static byte @Nullable [] jsonOrNull(byte[] value, byte @Nullable [] detected) {
    return detected == value || detected == null || JsonText.isValid(detected) ? detected : null;
  }
}

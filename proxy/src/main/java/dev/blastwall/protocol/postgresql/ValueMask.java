package dev.blastwall.protocol.postgresql;

import dev.blastwall.masking.Mask;
import dev.blastwall.masking.MaskPlan;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Changes the values of one column so that its type still takes them. */
@FunctionalInterface
interface ValueMask {

  /** NULL, which every type takes. */
  ValueMask NOTHING = value -> null;

  /** The value to show: the same array when nothing is to be changed, null for NULL. */
  byte @Nullable [] apply(byte[] value);

  /**
   * For {@code column}, or null when its values pass as they are.
   *
   * @param shapes of the types that not every database has; a type that is not there is opaque
   */
  static @Nullable ValueMask of(
      int index, WireColumn column, MaskPlan plan, Map<Integer, TypeShape> shapes) {
    Mask mask = plan.column(index);
    TypeShape shape = shape(column.type(), shapes);
    ValueMask detecting =
        plan.detectors().isEmpty()
            ? null
            : new ShapeMasks(new Detecting(plan), shapes).of(shape, column.binary());
    if (mask == null) {
      return detecting;
    }
    ValueMask masking = new ShapeMasks(new Masking(mask), shapes).of(shape, column.binary());
    return mask instanceof Mask.AtPaths ? both(masking, detecting) : masking;
  }

  static TypeShape shape(int oid, Map<Integer, TypeShape> shapes) {
    TypeShape known = PostgresqlType.shape(oid);
    return known == null ? shapes.getOrDefault(oid, TypeShape.Opaque.OPAQUE) : known;
  }

  /** What paths leave as it is may hold finds. */
  private static @Nullable ValueMask both(@Nullable ValueMask first, @Nullable ValueMask second) {
    if (first == null || second == null) {
      return first == null ? second : first;
    }
    return value -> {
      byte[] masked = first.apply(value);
      return masked == null ? null : second.apply(masked);
    };
  }
}

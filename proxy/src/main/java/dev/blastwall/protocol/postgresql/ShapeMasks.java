package dev.blastwall.protocol.postgresql;

import dev.blastwall.protocol.postgresql.TypeShape.Array;
import dev.blastwall.protocol.postgresql.TypeShape.Composite;
import dev.blastwall.protocol.postgresql.TypeShape.Identifier;
import dev.blastwall.protocol.postgresql.TypeShape.Json;
import dev.blastwall.protocol.postgresql.TypeShape.Opaque;
import dev.blastwall.protocol.postgresql.TypeShape.Range;
import dev.blastwall.protocol.postgresql.TypeShape.Scalar;
import dev.blastwall.protocol.postgresql.TypeShape.Text;
import dev.blastwall.protocol.postgresql.TypeShape.Time;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Masks for values that are made of others: every part is masked, and the whole keeps its form. */
final class ShapeMasks {

  /** The first byte of a jsonb value in binary form (jsonb_recv). */
  static final byte JSONB_VERSION = 1;

  private static final ValueMask AS_IT_IS = value -> value;

  private final LeafMasks leaves;
  private final Map<Integer, TypeShape> shapes;

  ShapeMasks(LeafMasks leaves, Map<Integer, TypeShape> shapes) {
    this.leaves = leaves;
    this.shapes = shapes;
  }

  /** The mask for values of a shape, or null when they pass as they are. */
  @Nullable ValueMask of(TypeShape shape, boolean binary) {
    return switch (shape) {
      case Text text -> leaves.text();
      case Json(boolean versioned) -> versioned && binary ? behindVersion() : leaves.json();
      case Identifier identifier -> leaves.identifier(binary);
      case Time time -> leaves.time(time, binary);
      case Scalar scalar -> leaves.scalar();
      case Opaque opaque -> leaves.opaque();
      case Array(TypeShape element, char delimiter) -> array(element, delimiter, binary);
      case Composite(List<TypeShape> fields) -> composite(fields, binary);
      case Range(TypeShape bound) -> range(bound, binary);
    };
  }

  private @Nullable ValueMask array(TypeShape element, char delimiter, boolean binary) {
    ValueMask mask = of(element, binary);
    if (mask == null) {
      return null;
    }
    return binary
        ? value -> BinaryValues.array(value, mask)
        : value -> ArrayText.masked(value, delimiter, mask);
  }

  private @Nullable ValueMask range(TypeShape bound, boolean binary) {
    ValueMask mask = of(bound, binary);
    if (mask == null) {
      return null;
    }
    return binary ? value -> BinaryValues.range(value, mask) : value -> RowText.range(value, mask);
  }

  private ValueMask composite(List<TypeShape> fields, boolean binary) {
    if (binary) {
      // Each field says its own type.
      return value -> BinaryValues.composite(value, oid -> orSame(ValueMask.shape(oid, shapes)));
    }
    List<ValueMask> masks = new ArrayList<>();
    fields.forEach(field -> masks.add(Objects.requireNonNullElse(of(field, false), AS_IT_IS)));
    ValueMask unknown = Objects.requireNonNullElse(leaves.opaque(), AS_IT_IS);
    return value -> RowText.composite(value, masks, unknown);
  }

  private ValueMask orSame(TypeShape shape) {
    return Objects.requireNonNullElse(of(shape, true), AS_IT_IS);
  }

  private @Nullable ValueMask behindVersion() {
    ValueMask json = leaves.json();
    return json == null ? null : value -> behindVersion(value, json);
  }

  private static byte @Nullable [] behindVersion(byte[] value, ValueMask json) {
    if (value.length == 0 || value[0] != JSONB_VERSION) {
      return null;
    }
    byte[] text = Arrays.copyOfRange(value, 1, value.length);
    byte[] changed = json.apply(text);
    return changed == text ? value : withVersion(changed);
  }

  private static byte @Nullable [] withVersion(byte @Nullable [] json) {
    if (json == null) {
      return null;
    }
    byte[] value = new byte[json.length + 1];
    value[0] = JSONB_VERSION;
    System.arraycopy(json, 0, value, 1, json.length);
    return value;
  }
}

package dev.blastwall.protocol.postgresql;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.blastwall.masking.Mask;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Changes every value by one method. */
record Masking(Mask mask) implements LeafMasks {

  private static final int UUID_BYTES = 16;

  @Override
  public ValueMask text() {
    return value -> utf8(mask.apply(text(value)));
  }

  /** A whole JSON value becomes a JSON string; one that is masked at places stays what it is. */
  @Override
  public ValueMask json() {
    return mask instanceof Mask.AtPaths
        ? text()
        : value -> {
          String masked = mask.apply(text(value));
          return masked == null ? null : utf8(TextNode.valueOf(masked).toString());
        };
  }

  @Override
  public ValueMask identifier(boolean binary) {
    return binary ? this::binaryIdentifier : this::textIdentifier;
  }

  private byte @Nullable [] binaryIdentifier(byte[] value) {
    if (value.length != UUID_BYTES) {
      return null;
    }
    ByteBuffer bytes = ByteBuffer.wrap(value);
    UUID masked = mask.apply(new UUID(bytes.getLong(), bytes.getLong()));
    return masked == null
        ? null
        : ByteBuffer.allocate(UUID_BYTES)
            .putLong(masked.getMostSignificantBits())
            .putLong(masked.getLeastSignificantBits())
            .array();
  }

  private byte @Nullable [] textIdentifier(byte[] value) {
    try {
      UUID masked = mask.apply(UUID.fromString(text(value)));
      return masked == null ? null : utf8(masked.toString());
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  @Override
  public ValueMask time(TypeShape.Time time, boolean binary) {
    if (!mask.keepsYear()) {
      return ValueMask.NOTHING;
    }
    return binary ? value -> Years.binary(time, value) : value -> Years.text(time, value);
  }

  @Override
  public ValueMask scalar() {
    return ValueMask.NOTHING;
  }

  @Override
  public ValueMask opaque() {
    return ValueMask.NOTHING;
  }

  private static String text(byte[] value) {
    return new String(value, StandardCharsets.UTF_8);
  }

  private static byte @Nullable [] utf8(@Nullable String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }
}

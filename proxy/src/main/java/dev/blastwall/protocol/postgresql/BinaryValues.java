package dev.blastwall.protocol.postgresql;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Values made of others, in binary form (array_recv, record_recv, range_recv). What does not read
 * as it should becomes NULL.
 */
final class BinaryValues {

  private static final int NULL_LENGTH = -1;
  private static final int MOST_DIMENSIONS = 6;

  /** Of a range: it is empty, has no lower bound, has no upper bound (rangetypes.h). */
  private static final int EMPTY = 0x01;

  private static final int NO_LOWER = 0x08;
  private static final int NO_UPPER = 0x10;

  private final ByteBuffer in;
  private final ByteArrayOutputStream out;
  private boolean changed;
  private boolean lost;

  private BinaryValues(byte[] value) {
    in = ByteBuffer.wrap(value);
    out = new ByteArrayOutputStream(value.length);
  }

  @FunctionalInterface
  private interface Rewriting {
    void of(BinaryValues values);
  }

  private static byte @Nullable [] rewritten(byte[] value, Rewriting rewriting) {
    BinaryValues values = new BinaryValues(value);
    try {
      rewriting.of(values);
    } catch (BufferUnderflowException e) {
      return null;
    }
    if (values.in.hasRemaining()) {
      return null;
    }
    return values.changed ? values.out.toByteArray() : value;
  }

  /** Dimensions, whether NULL occurs, the element type; then each element. */
  static byte @Nullable [] array(byte[] value, ValueMask element) {
    return rewritten(value, array -> array.elements(element));
  }

  private void elements(ValueMask element) {
    int dimensions = copyInt();
    in.getInt(); // whether NULL occurs: it may from now on
    putInt(1);
    copyInt(); // the element type
    if (dimensions < 0 || dimensions > MOST_DIMENSIONS) {
      throw new BufferUnderflowException();
    }
    long count = dimensions == 0 ? 0 : 1;
    for (int i = 0; i < dimensions; i++) {
      count *= copyInt();
      copyInt(); // the lower bound
    }
    for (long i = 0; i < count; i++) {
      part(element);
    }
  }

  /** The number of fields; then type and value of each. */
  static byte @Nullable [] composite(byte[] value, IntFunction<ValueMask> byType) {
    return rewritten(
        value,
        row -> {
          int fields = row.copyInt();
          for (int i = 0; i < fields; i++) {
            row.part(byType.apply(row.copyInt()));
          }
        });
  }

  /** Flags; then the bounds that there are. A bound that is lost would be an infinite one. */
  static byte @Nullable [] range(byte[] value, ValueMask bound) {
    boolean[] lost = new boolean[1];
    byte[] masked =
        rewritten(
            value,
            range -> {
              byte flags = range.in.get();
              range.out.write(flags);
              if ((flags & EMPTY) == 0) {
                if ((flags & NO_LOWER) == 0) {
                  range.part(bound);
                }
                if ((flags & NO_UPPER) == 0) {
                  range.part(bound);
                }
              }
              lost[0] = range.lost;
            });
    return lost[0] ? null : masked;
  }

  private void part(ValueMask mask) {
    int length = in.getInt();
    if (length == NULL_LENGTH) {
      putInt(NULL_LENGTH);
      return;
    }
    if (length < 0 || length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] part = new byte[length];
    in.get(part);
    byte[] masked = mask.apply(part);
    changed |= masked != part;
    if (masked == null) {
      lost = true;
      putInt(NULL_LENGTH);
    } else {
      putInt(masked.length);
      out.writeBytes(masked);
    }
  }

  private int copyInt() {
    int number = in.getInt();
    putInt(number);
    return number;
  }

  private void putInt(int number) {
    out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
  }
}

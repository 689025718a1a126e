package dev.blastwall.recorder;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A growing byte array with the big-endian numbers of all our formats. Kept and cleared by the
 * writer thread.
 */
final class ByteSink {

  private static final VarHandle SHORT = view(short[].class);
  private static final VarHandle INT = view(int[].class);
  private static final VarHandle LONG = view(long[].class);

  private byte[] bytes;
  private int size;

  ByteSink(int capacity) {
    bytes = new byte[capacity];
  }

  private static VarHandle view(Class<?> array) {
    return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.BIG_ENDIAN);
  }

  private int grow(int count) {
    var at = size;
    size = Math.addExact(size, count);
    if (size > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size, bytes.length * 2));
    }
    return at;
  }

  ByteSink u8(int value) {
    var at = grow(1);
    bytes[at] = (byte) value;
    return this;
  }

  ByteSink u16(int value) {
    var at = grow(2);
    SHORT.set(bytes, at, (short) value);
    return this;
  }

  ByteSink u32(int value) {
    var at = grow(4);
    INT.set(bytes, at, value);
    return this;
  }

  ByteSink u64(long value) {
    var at = grow(8);
    LONG.set(bytes, at, value);
    return this;
  }

  ByteSink put(byte[] value) {
    return put(value, 0, value.length);
  }

  ByteSink put(byte[] value, int offset, int length) {
    var at = grow(length);
    System.arraycopy(value, offset, bytes, at, length);
    return this;
  }

  /** A string of up to 255 bytes behind its length in one byte. */
  ByteSink shortBytes(byte[] value) {
    return u8(value.length).put(value);
  }

  /** Leaves room that {@link #setU32} or {@link #set} fills in later; returns where it is. */
  int reserve(int count) {
    return grow(count);
  }

  void setU32(int at, int value) {
    INT.set(bytes, at, value);
  }

  void set(int at, byte[] value) {
    System.arraycopy(value, 0, bytes, at, value.length);
  }

  int size() {
    return size;
  }

  /** The live array: valid up to {@link #size()} and until the next write. */
  byte[] array() {
    return bytes;
  }

  ByteBuffer slice(int offset, int length) {
    return ByteBuffer.wrap(bytes, offset, length);
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  /** Empties it; an array grown far beyond use by one large record is given back. */
  void clear(int keep) {
    size = 0;
    if (bytes.length > keep) {
      bytes = new byte[keep];
    }
  }
}

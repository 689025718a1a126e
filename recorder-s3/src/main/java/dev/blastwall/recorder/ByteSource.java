package dev.blastwall.recorder;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads what {@link ByteSink} wrote. Throws {@link BufferUnderflowException} where the bytes end
 * too early.
 */
final class ByteSource {

  private final ByteBuffer buffer;

  ByteSource(byte[] bytes, int offset, int length) {
    buffer = ByteBuffer.wrap(bytes, offset, length);
  }

  ByteSource(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  int u8() {
    return buffer.get() & 0xFF;
  }

  int u16() {
    return buffer.getShort() & 0xFFFF;
  }

  int u32() {
    return buffer.getInt();
  }

  long u64() {
    return buffer.getLong();
  }

  byte[] take(int count) {
    if (count < 0 || count > buffer.remaining()) {
      throw new BufferUnderflowException();
    }
    var bytes = new byte[count];
    buffer.get(bytes);
    return bytes;
  }

  void skip(int count) {
    if (count < 0 || count > buffer.remaining()) {
      throw new BufferUnderflowException();
    }
    buffer.position(buffer.position() + count);
  }

  byte[] hash() {
    return take(Hashes.LENGTH);
  }

  String shortString() {
    return new String(take(u8()), StandardCharsets.UTF_8);
  }

  String mediumString() {
    return new String(take(u16()), StandardCharsets.UTF_8);
  }

  int remaining() {
    return buffer.remaining();
  }

  int position() {
    return buffer.position();
  }
}

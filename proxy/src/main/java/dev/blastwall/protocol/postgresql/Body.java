package dev.blastwall.protocol.postgresql;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads a message's body; whatever does not fit is a {@link ProtocolViolation}. */
final class Body {

  private static final int NULL_LENGTH = -1;
  private static final char REPLACEMENT = '\uFFFD';

  private final ByteBuf bytes;

  Body(ByteBuf bytes) {
    this.bytes = bytes;
  }

  byte int8() {
    need(Byte.BYTES);
    return bytes.readByte();
  }

  short int16() {
    need(Short.BYTES);
    return bytes.readShort();
  }

  int int32() {
    need(Integer.BYTES);
    return bytes.readInt();
  }

  /** An int16 that counts things, each of which takes at least {@code least} bytes. */
  int count(int least) {
    int count = Short.toUnsignedInt(int16());
    need(count * least);
    return count;
  }

  /** A text up to its NUL. */
  String text() {
    int length = bytes.bytesBefore((byte) 0);
    if (length < 0) {
      throw ProtocolViolation.malformed("a text does not end");
    }
    String text = utf8(length);
    bytes.skipBytes(1);
    return text;
  }

  /** Exactly {@code length} bytes as text. */
  String utf8(int length) {
    byte[] raw = bytes(length);
    String text = new String(raw, StandardCharsets.UTF_8);
    // It stands for what cannot be decoded, and for itself.
    return text.indexOf(REPLACEMENT) < 0 ? text : decoded(raw);
  }

  private static String decoded(byte[] raw) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(raw)).toString();
    } catch (CharacterCodingException e) {
      throw ProtocolViolation.notUtf8();
    }
  }

  /** A value with its int32 length in front, or null for NULL. */
  @Nullable ByteBuf value() {
    int length = int32();
    if (length == NULL_LENGTH) {
      return null;
    }
    need(length);
    return bytes.readSlice(length);
  }

  /** Exactly {@code length} bytes. */
  byte[] bytes(int length) {
    need(length);
    byte[] copy = new byte[length];
    bytes.readBytes(copy);
    return copy;
  }

  int remaining() {
    return bytes.readableBytes();
  }

  /** Bytes left over would be read by nobody here and perhaps by the other side. */
  void end() {
    if (bytes.isReadable()) {
      throw ProtocolViolation.malformed("a message is longer than its content");
    }
  }

  private void need(int length) {
    if (length < 0 || bytes.readableBytes() < length) {
      throw ProtocolViolation.malformed("a message is shorter than its content");
    }
  }
}

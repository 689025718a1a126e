package dev.blastwall.protocol.postgresql;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values in a Bind or FunctionCall message, with their formats in front. */
final class BoundValues {

  private static final short BINARY = 1;

  private BoundValues() {}

  /** The values as text, binary ones as {@code \x…} hex, null for NULL. */
  static List<@Nullable String> read(Body body) {
    short[] formats = formats(body);
    int count = body.count(Integer.BYTES);
    if (formats.length > 1 && formats.length != count) {
      throw ProtocolViolation.malformed("a message with more values than formats");
    }
    List<@Nullable String> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      values.add(value(body.value(), format(formats, i) == BINARY));
    }
    return values;
  }

  static short[] formats(Body body) {
    short[] formats = new short[body.count(Short.BYTES)];
    for (int i = 0; i < formats.length; i++) {
      formats[i] = body.int16();
    }
    return formats;
  }

  /** None means text, one counts for all. */
  private static short format(short[] formats, int index) {
    return switch (formats.length) {
      case 0 -> 0;
      case 1 -> formats[0];
      default -> formats[index];
    };
  }

  private static @Nullable String value(@Nullable ByteBuf value, boolean binary) {
    if (value == null) {
      return null;
    }
    return binary
        ? "\\x" + ByteBufUtil.hexDump(value)
        : new Body(value).utf8(value.readableBytes());
  }
}

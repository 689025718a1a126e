package dev.blastwall.protocol.postgresql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.blastwall.masking.Mask;
import dev.blastwall.masking.MaskPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Changes the values of one column so that its type still takes them. */
@FunctionalInterface
interface ValueMask {

  /** The first byte of a jsonb value in binary form (jsonb_recv). */
  byte JSONB_VERSION = 1;

  /** The value to show: the same array when nothing is to be changed, null for NULL. */
  byte @Nullable [] apply(byte[] value);

  /** For {@code column}, or null when its values pass as they are. */
  static @Nullable ValueMask of(int index, WireColumn column, MaskPlan plan) {
    Mask mask = plan.column(index);
    ValueMask change = mask == null ? detecting(column, plan) : masking(column, mask);
    boolean versioned = column.binary() && column.type() == PostgresqlType.JSONB;
    return change != null && versioned ? behindVersion(change) : change;
  }

  private static ValueMask masking(WireColumn column, Mask mask) {
    return switch (PostgresqlType.form(column.type())) {
      case TEXT -> value -> utf8(mask.apply(new String(value, StandardCharsets.UTF_8)));
      case JSON -> value -> jsonText(mask.apply(new String(value, StandardCharsets.UTF_8)));
      case COMPOUND, SCALAR -> value -> null;
    };
  }

  private static @Nullable ValueMask detecting(WireColumn column, MaskPlan plan) {
    if (plan.detectors().isEmpty()) {
      return null;
    }
    return switch (PostgresqlType.form(column.type())) {
      case TEXT -> plan::detect;
      case JSON -> value -> jsonOrNull(value, plan.detect(value));
      case COMPOUND -> value -> sameOrNull(value, plan.detect(value));
      case SCALAR -> null;
    };
  }

  private static byte @Nullable [] sameOrNull(byte[] value, byte @Nullable [] detected) {
    return detected == value ? value : null;
  }

  /** A find outside a JSON string, a number for example, leaves something that is not JSON. */
  private static byte @Nullable [] jsonOrNull(byte[] value, byte @Nullable [] detected) {
    return detected == value || detected == null || Json.isValid(detected) ? detected : null;
  }

  private static byte @Nullable [] jsonText(@Nullable String masked) {
    return masked == null ? null : utf8(TextNode.valueOf(masked).toString());
  }

  private static byte @Nullable [] utf8(@Nullable String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }

  private static ValueMask behindVersion(ValueMask change) {
    return value -> {
      if (value.length == 0 || value[0] != JSONB_VERSION) {
        return null;
      }
      byte[] json = Arrays.copyOfRange(value, 1, value.length);
      byte[] changed = change.apply(json);
      return changed == json ? value : withVersion(changed);
    };
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

  /** Whether a text is JSON. */
  final class Json {
    private static final ObjectMapper MAPPER =
        new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private Json() {}

    static boolean isValid(byte[] utf8) {
      try {
        MAPPER.readTree(utf8);
        return true;
      } catch (JsonProcessingException e) {
        return false;
      } catch (IOException e) {
        throw new UncheckedIOException("reading from memory", e);
      }
    }
  }
}

package dev.blastwall.identity;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON objects of which two readers could not think differently: UTF-8 without a byte order
 * mark, no duplicate members, bounded depth and numbers, no lone surrogates (RFC 8725, section 2.4;
 * RFC 8259, sections 4 and 8).
 */
final class StrictJson {

  private static final int MAX_DEPTH = 24;
  private static final int MAX_DIGITS = 40;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxNumberLength(MAX_DIGITS)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private StrictJson() {}

  /**
   * Reads one object.
   *
   * @throws IllegalArgumentException if the bytes are anything else; the message quotes none
   */
  static ObjectNode object(byte[] utf8) {
    try {
      // Decoded here because Jackson would guess the encoding from the bytes.
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
      if (MAPPER.readTree(text) instanceof ObjectNode object) {
        checkValues(object);
        return object;
      }
      throw new IllegalArgumentException("not a JSON object");
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("not UTF-8", e);
    } catch (JacksonException e) {
      // Its message quotes the source; the cause is dropped with it.
      throw new IllegalArgumentException("not strict JSON");
    }
  }

  /** The value as maps, lists, strings, numbers and booleans; a null member is an absent one. */
  static @Nullable Object value(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> members(node);
      case ARRAY -> elements(node);
      case STRING -> node.textValue();
      case NUMBER -> node.numberValue();
      case BOOLEAN -> node.booleanValue();
      case NULL, MISSING, BINARY, POJO -> null;
    };
  }

  static Map<String, Object> members(JsonNode object) {
    Map<String, Object> members = new HashMap<>();
    object
        .properties()
        .forEach(member -> {
          Object value = value(member.getValue());
          if (value != null) {
            members.put(member.getKey(), value);
          }
        });
    return Map.copyOf(members);
  }

  private static List<Object> elements(JsonNode array) {
    List<Object> elements = new ArrayList<>();
    for (JsonNode element : array) {
      Object value = value(element);
      if (value != null) {
        elements.add(value);
      }
    }
    return List.copyOf(elements);
  }

  private static void checkValues(JsonNode node) {
    if (node.isTextual()) {
      checkText(node.textValue());
    }
    if (node.isFloatingPointNumber() && !Double.isFinite(node.doubleValue())) {
      throw new IllegalArgumentException("a number out of range");
    }
    node.fieldNames().forEachRemaining(StrictJson::checkText);
    node.forEach(StrictJson::checkValues);
  }

  /** Lone surrogates have no UTF-8 form: two different subjects would become the same bytes. */
  private static void checkText(String text) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new IllegalArgumentException("text that is not Unicode");
    }
  }
}

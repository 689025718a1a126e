package dev.blastwall.opa;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Reads and writes values as JSON.
 *
 * <p>Reading keeps numbers exact and lets the last of several equal keys win, as OPA does. Writing
 * sorts the members of objects, turns sets into sorted arrays and keys that are not strings into
 * their own JSON text.
 */
public final class Json {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(500)
                  .maxStringLength(64 << 20)
                  .build())
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .build();

  /** Characters of a usual result. */
  private static final int USUAL = 256;

  private final JsonParser parser;

  private Json(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * The one value that a text holds.
   *
   * @throws IOException when it is not JSON (RFC 8259), holds more than one value, or nests deeper
   *     than 500 levels
   */
  public static Value read(byte[] utf8) throws IOException {
    try (JsonParser parser = FACTORY.createParser(utf8)) {
      return new Json(parser).readDocument();
    }
  }

  /** As {@link #read(byte[])}. */
  public static Value read(String text) throws IOException {
    try (JsonParser parser = FACTORY.createParser(text)) {
      return new Json(parser).readDocument();
    }
  }

  /**
   * As {@link #read(byte[])}, but a part of the text becomes a value only when it is read, which is
   * for what reads a small part of it and only once: an {@code input}.
   *
   * @param utf8 is kept, and must not be changed any more
   * @return a value for one thread at a time, or for nobody but readers of what was read before
   */
  public static Value readLazily(byte[] utf8) throws IOException {
    Value lazy = JsonTape.read(utf8);
    return lazy == null ? read(utf8) : lazy;
  }

  private Value readDocument() throws IOException {
    parser.nextToken();
    Value value = readValue();
    if (parser.nextToken() != null) {
      throw new IOException("there is more text after the JSON value");
    }
    return value;
  }

  private Value readValue() throws IOException {
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw new IOException("the JSON text is empty");
    }
    return switch (token) {
      case START_OBJECT -> readObject();
      case START_ARRAY -> readArray();
      case VALUE_STRING -> new StringValue(parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> readNumber();
      case VALUE_TRUE -> BooleanValue.TRUE;
      case VALUE_FALSE -> BooleanValue.FALSE;
      case VALUE_NULL -> NullValue.NULL;
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
          throw new IOException("unexpected " + token + " in JSON");
    };
  }

  private NumberValue readNumber() throws IOException {
    try {
      return NumberValue.parse(parser.getText());
    } catch (NumberFormatException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private ObjectValue readObject() throws IOException {
    ObjectValue object = new ObjectValue(0);
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      StringValue key = StringValue.name(parser.currentName());
      parser.nextToken();
      object.put(key, readValue());
    }
    return object;
  }

  private ArrayValue readArray() throws IOException {
    ArrayValue array = new ArrayValue(0);
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(readValue());
    }
    return array;
  }

  /** The value as compact JSON text. */
  public static String write(Value value) {
    StringBuilder out = new StringBuilder(USUAL);
    write(value, out);
    return out.toString();
  }

  /** The value as compact JSON in UTF-8. */
  public static byte[] writeBytes(Value value) {
    return write(value).getBytes(StandardCharsets.UTF_8);
  }

  private static void write(Value value, StringBuilder out) {
    switch (value) {
      case StringValue string -> writeString(string.text(), out);
      case ObjectValue object -> writeObject(object, out);
      case ArrayValue array -> writeElements(array, out);
      case SetValue set -> writeElements(set, out);
      case NullValue ignored -> out.append("null");
      case BooleanValue bool -> out.append(bool);
      case NumberValue number -> out.append(number);
    }
  }

  private static void writeString(String text, StringBuilder out) {
    out.append('"');
    int run = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == '"' || c == '\\') {
        out.append(text, run, i);
        writeEscaped(c, out);
        run = i + 1;
      }
    }
    out.append(text, run, text.length()).append('"');
  }

  /** As Go does it, down to the case of the digits, because {@code json.marshal} shows it. */
  private static void writeEscaped(char c, StringBuilder out) {
    int named = "\"\\\b\f\n\r\t".indexOf(c);
    if (named >= 0) {
      out.append('\\').append("\"\\bfnrt".charAt(named));
    } else {
      out.append("\\u00").append(HexFormat.of().toHexDigits((byte) c));
    }
  }

  private static void writeElements(CollectionValue elements, StringBuilder out) {
    out.append('[');
    for (int i = 0; i < elements.size(); i++) {
      if (i > 0) {
        out.append(',');
      }
      write(elements.sortedValueAt(i), out);
    }
    out.append(']');
  }

  private static void writeObject(ObjectValue object, StringBuilder out) {
    out.append('{');
    for (int i = 0; i < object.size(); i++) {
      if (i > 0) {
        out.append(',');
      }
      writeString(keyText(object.sortedKeyAt(i)), out);
      out.append(':');
      write(object.sortedValueAt(i), out);
    }
    out.append('}');
  }

  private static String keyText(Value key) {
    return key instanceof StringValue string ? string.text() : write(key);
  }
}

package dev.blastwall.opa.bundle;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.BooleanValue;
import dev.blastwall.opa.NullValue;
import dev.blastwall.opa.NumberValue;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON as {@code dev.blastwall.opa.Json} does, but for documents of a hundred megabytes that
 * stay: collections have no room to spare, and short texts that come again and again (names,
 * owners, tags) are one value. What the collector need not copy does not stop decisions.
 */
final class DocumentParser implements AutoCloseable {
  private static final int MAX_DEPTH = 500;
  private static final int MAX_STRING = 64 << 20;
  private static final int POOLED_LENGTH = 40;
  private static final int POOL = 1 << 14;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
          .build();

  private final JsonParser parser;

  /** The last text with each hash. */
  private final @Nullable StringValue[] pool = new StringValue[POOL];

  /** Members of the collections that are open, the innermost last. */
  private final List<Value> members = new ArrayList<>();

  DocumentParser(InputStream utf8, long maxTokens) throws IOException {
    this.parser =
        FACTORY
            .rebuild()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_STRING)
                    .maxTokenCount(maxTokens)
                    .build())
            .build()
            .createParser(utf8);
  }

  /** The one value of the document. */
  Value document() throws IOException {
    parser.nextToken();
    Value value = value();
    if (parser.nextToken() != null) {
      throw new IOException("there is more text after the JSON value");
    }
    return value;
  }

  /** How many tokens were read so far. */
  long tokens() {
    return parser.currentTokenCount();
  }

  private Value value() throws IOException {
    JsonToken token = parser.currentToken();
    return switch (token) {
      case null -> throw new IOException("the JSON text is empty");
      case START_OBJECT -> object();
      case START_ARRAY -> array();
      case VALUE_STRING -> text(parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number();
      case VALUE_TRUE -> BooleanValue.TRUE;
      case VALUE_FALSE -> BooleanValue.FALSE;
      case VALUE_NULL -> NullValue.NULL;
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
          throw new IOException("unexpected " + token + " in JSON");
    };
  }

  private Value number() throws IOException {
    try {
      return NumberValue.parse(parser.getText());
    } catch (NumberFormatException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private StringValue text(String text) {
    if (text.length() > POOLED_LENGTH) {
      return new StringValue(text);
    }
    int hash = text.hashCode();
    int slot = (hash ^ hash >>> 15) & POOL - 1;
    StringValue pooled = pool[slot];
    if (pooled == null || !pooled.text().equals(text)) {
      pooled = new StringValue(text);
      pool[slot] = pooled;
    }
    return pooled;
  }

  private Value object() throws IOException {
    int start = members.size();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      members.add(StringValue.name(parser.currentName()));
      parser.nextToken();
      members.add(value());
    }
    List<Value> own = members.subList(start, members.size());
    ObjectValue object = new ObjectValue(own.size() / 2);
    for (int i = 0; i < own.size(); i += 2) {
      object.put(own.get(i), own.get(i + 1));
    }
    own.clear();
    return object;
  }

  private Value array() throws IOException {
    int start = members.size();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      members.add(value());
    }
    List<Value> own = members.subList(start, members.size());
    ArrayValue array = new ArrayValue(own.size());
    own.forEach(array::add);
    own.clear();
    return array;
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}

package dev.blastwall.recording;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes one JSON object as bytes. */
final class Json {

  private static final JsonFactory FACTORY = new JsonFactory();

  /** A generator costs more than the few fields that it writes. */
  private static final ThreadLocal<Json> WRITERS = ThreadLocal.withInitial(Json::new);

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final JsonGenerator json;
  private boolean writing;

  private Json() {
    try {
      json = FACTORY.createGenerator(bytes).setRootValueSeparator(null);
    } catch (IOException e) {
      throw onlyMemory(e);
    }
  }

  /** Writes the fields of an object. */
  interface Fields {
    void writeTo(JsonGenerator json) throws IOException;
  }

  /** A field whose value is JSON text already. */
  static void raw(JsonGenerator json, String name, String value) throws IOException {
    json.writeFieldName(name);
    json.writeRawValue(value);
  }

  static byte[] object(Fields fields) {
    Json writer = WRITERS.get();
    if (writer.writing) {
      // It failed in the middle, or is asked for an object within an object.
      writer = new Json();
      WRITERS.set(writer);
    }
    try {
      return writer.write(fields);
    } catch (IOException e) {
      throw onlyMemory(e);
    }
  }

  private byte[] write(Fields fields) throws IOException {
    writing = true;
    json.writeStartObject();
    fields.writeTo(json);
    json.writeEndObject();
    json.flush();
    byte[] written = bytes.toByteArray();
    bytes.reset();
    writing = false;
    return written;
  }

  private static UncheckedIOException onlyMemory(IOException e) {
    return new UncheckedIOException("nothing but memory is written to", e);
  }
}

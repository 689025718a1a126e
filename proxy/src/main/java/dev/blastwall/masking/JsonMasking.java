package dev.blastwall.masking;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites one JSON text, token by token, so that what is not masked keeps its digits and order.
 */
final class JsonMasking {

  private static final JsonFactory JSON = new JsonFactory();

  private final JsonParser in;
  private final JsonGenerator out;
  private final List<PathMask> places;
  private final List<@Nullable String> members = new ArrayList<>();

  private JsonMasking(JsonParser in, JsonGenerator out, List<PathMask> places) {
    this.in = in;
    this.out = out;
    this.places = places;
  }

  /** {@code json} with every place masked; redacted when it is no JSON. */
  static String mask(String json, List<PathMask> places) {
    StringWriter text = new StringWriter(json.length());
    try (JsonParser in = JSON.createParser(json);
        JsonGenerator out = JSON.createGenerator(text)) {
      new JsonMasking(in, out, places).document();
    } catch (IOException e) {
      return MaskedForm.REDACTED;
    }
    return text.toString();
  }

  private void document() throws IOException {
    if (in.nextToken() == null) {
      throw new IOException("nothing is no JSON");
    }
    value();
    if (in.nextToken() != null) {
      throw new IOException("more than one value is no JSON");
    }
  }

  private void value() throws IOException {
    Set<Mask> masks = masks();
    if (!masks.isEmpty()) {
      masked(masks);
      return;
    }
    switch (in.currentToken()) {
      case START_OBJECT -> object();
      case START_ARRAY -> array();
      // As text: a number read into a double would come out as another one.
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> out.writeNumber(in.getText());
      case null -> throw new IOException("a value is missing");
      default -> out.copyCurrentEvent(in);
    }
  }

  private Set<Mask> masks() {
    Set<Mask> masks = new HashSet<>();
    for (PathMask place : places) {
      if (place.path().leadsTo(members)) {
        masks.add(place.mask());
      }
    }
    return masks;
  }

  /** Two methods at one place may together show what each of them hides. */
  private void masked(Set<Mask> masks) throws IOException {
    if (in.currentToken() == JsonToken.VALUE_STRING && masks.size() == 1) {
      out.writeString(masks.iterator().next().apply(in.getText()));
    } else {
      in.skipChildren();
      out.writeNull();
    }
  }

  private void object() throws IOException {
    out.writeStartObject();
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      out.writeFieldName(in.currentName());
      down(in.currentName());
    }
    out.writeEndObject();
  }

  private void array() throws IOException {
    out.writeStartArray();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      members.add(null);
      value();
      members.removeLast();
    }
    out.writeEndArray();
  }

  private void down(String member) throws IOException {
    members.add(member);
    in.nextToken();
    value();
    members.removeLast();
  }
}

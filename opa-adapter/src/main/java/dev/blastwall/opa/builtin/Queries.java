package dev.blastwall.opa.builtin;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.CollectionValue;
import dev.blastwall.opa.Json;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.SetValue;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Query strings of URLs. */
final class Queries {
  /** As many as Go takes. */
  private static final int MAX_PARAMETERS = 10_000;

  private static final UrlEscapes.Part QUERY = UrlEscapes.Part.QUERY;

  private Queries() {}

  static void register(Builtins.Registry registry) {
    registry.unary(
        "urlquery.encode",
        (context, text) -> Value.of(UrlEscapes.escape(Operands.string(text, 1), QUERY)));
    registry.unary(
        "urlquery.decode",
        (context, text) -> Value.of(UrlEscapes.unescape(Operands.string(text, 1), QUERY)));
    registry.unary(
        "urlquery.encode_object", (context, object) -> encode(Operands.object(object, 1)));
    registry.unary("urlquery.decode_object", (context, text) -> decode(Operands.string(text, 1)));
  }

  private static Value encode(ObjectValue object) {
    Map<String, List<String>> parameters = new TreeMap<>();
    for (int i = 0; i < object.size(); i++) {
      Value key = object.keyAt(i);
      String name = key instanceof StringValue string ? string.text() : Json.write(key);
      parameters.put(name, texts(object.valueAt(i)));
    }
    List<String> pairs = new ArrayList<>();
    parameters.forEach((name, values) ->
        values.forEach(value ->
            pairs.add(UrlEscapes.escape(name, QUERY) + "=" + UrlEscapes.escape(value, QUERY))));
    return Value.of(String.join("&", pairs));
  }

  private static List<String> texts(Value value) {
    if (value instanceof StringValue string) {
      return List.of(string.text());
    }
    if (!(value instanceof ArrayValue || value instanceof SetValue)) {
      throw notTexts();
    }
    CollectionValue elements = (CollectionValue) value;
    List<String> texts = new ArrayList<>(elements.size());
    for (int i = 0; i < elements.size(); i++) {
      if (!(elements.sortedValueAt(i) instanceof StringValue string)) {
        throw notTexts();
      }
      texts.add(string.text());
    }
    return texts;
  }

  private static BuiltinFailure notTexts() {
    return Operands.wrong(1, "values must be string, array[string], or set[string]");
  }

  private static Value decode(String query) {
    String[] parts = query.split("&", -1);
    if (parts.length > MAX_PARAMETERS) {
      throw BuiltinFailure.failed("net/url: exceeded maximum number of query parameters");
    }
    ObjectValue object = new ObjectValue(parts.length);
    for (String part : parts) {
      if (part.contains(";")) {
        throw BuiltinFailure.failed("invalid semicolon separator in query");
      }
      if (!part.isEmpty()) {
        add(object, part);
      }
    }
    return object;
  }

  private static void add(ObjectValue object, String part) {
    int equals = part.indexOf('=');
    Value name =
        Value.of(UrlEscapes.unescape(equals < 0 ? part : part.substring(0, equals), QUERY));
    String value = equals < 0 ? "" : UrlEscapes.unescape(part.substring(equals + 1), QUERY);
    if (!(object.get(name) instanceof ArrayValue values)) {
      object.put(name, ArrayValue.of(Value.of(value)));
    } else {
      values.add(Value.of(value));
    }
  }
}

package dev.blastwall.opa.builtin.schema;

import dev.blastwall.opa.BooleanValue;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;

/** The version of JSON Schema that a schema is written in; later ones know more keywords. */
enum Draft {
  DRAFT_4("http://json-schema.org/draft-04/schema"),
  DRAFT_6("http://json-schema.org/draft-06/schema"),
  DRAFT_7("http://json-schema.org/draft-07/schema"),
  /** All at once, for a schema that does not say. */
  HYBRID("");

  private final String uri;

  Draft(String uri) {
    this.uri = uri;
  }

  static Draft of(Value schema) {
    if (schema instanceof BooleanValue) {
      return HYBRID;
    }
    if (!(schema instanceof ObjectValue object)) {
      throw new SchemaException("schema is invalid");
    }
    Value named = object.get("$schema");
    if (named == null) {
      return HYBRID;
    }
    if (!(named instanceof StringValue text)) {
      throw new SchemaException("$schema must be of type string");
    }
    return named(Reference.parse(text.text()).toString());
  }

  private static Draft named(String uri) {
    for (Draft draft : values()) {
      if (draft.uri.equals(uri)) {
        return draft;
      }
    }
    return HYBRID;
  }

  boolean isAtLeast(Draft other) {
    return compareTo(other) >= 0;
  }
}

package dev.blastwall.opa.builtin.schema;

/** A schema cannot be used, or not to its end; the message says why, in OPA's words. */
public final class SchemaException extends RuntimeException {

  SchemaException(String message) {
    super(message, null, false, false);
  }

  static SchemaException invalidType(String expected, String given) {
    return new SchemaException("Invalid type. Expected: " + expected + ", given: " + given);
  }
}

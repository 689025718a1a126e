package dev.blastwall.opa.bundle;

import static dev.blastwall.opa.protobuf.FieldType.Scalar.BOOL;
import static dev.blastwall.opa.protobuf.FieldType.Scalar.INTEGER;
import static dev.blastwall.opa.protobuf.FieldType.Scalar.TEXT;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.BooleanValue;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.Value;
import dev.blastwall.opa.protobuf.MessageType;

/**
 * What of {@code .manifest.pb} is used ({@code v1/bundle/manifest.proto}), and what {@code
 * .manifest} says in its place.
 */
final class ManifestMessage {
  static final MessageType TYPE =
      new MessageType()
          .one(1, "revision", TEXT)
          .many(2, "roots", TEXT)
          .one(4, "rego_version", INTEGER)
          .many(
              5,
              "file_rego_versions",
              new MessageType().one(1, "key", TEXT).one(2, "value", INTEGER))
          .one(7, "roots_set", BOOL);

  private ManifestMessage() {}

  static ObjectValue json(ObjectValue message) {
    ObjectValue json = message.copy(1);
    if (message.get("roots") == null && message.get("roots_set") == BooleanValue.TRUE) {
      json.put("roots", new ArrayValue(0));
    }
    if (message.get("file_rego_versions") instanceof ArrayValue versions) {
      json.put("file_rego_versions", byFile(versions));
    }
    return json;
  }

  private static ObjectValue byFile(ArrayValue entries) {
    ObjectValue versions = new ObjectValue(entries.size());
    for (Value entry : entries.asList()) {
      if (entry instanceof ObjectValue version
          && version.get("key") instanceof Value file
          && version.get("value") instanceof Value number) {
        versions.put(file, number);
      }
    }
    return versions;
  }
}

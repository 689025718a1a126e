package dev.blastwall.opa.builtin;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.Json;
import dev.blastwall.opa.NullValue;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import dev.blastwall.opa.builtin.schema.JsonSchema;
import dev.blastwall.opa.builtin.schema.SchemaException;
import dev.blastwall.opa.builtin.schema.Violation;
import java.io.IOException;
import java.util.List;

/** JSON Schema. */
final class JsonSchemas {
  private JsonSchemas() {}

  static void register(Builtins.Registry registry) {
    registry.unary("json.verify_schema", JsonSchemas::verify);
    registry.binary("json.match_schema", JsonSchemas::match);
  }

  private static Value verify(EvaluationContext context, Value schema) {
    try {
      compile(context, schema);
      return pair(true, NullValue.NULL);
    } catch (SchemaException | BuiltinFailure e) {
      return pair(false, Value.of("jsonschema: " + e.getMessage()));
    }
  }

  private static Value match(EvaluationContext context, Value document, Value schema) {
    Value json = json(context, document);
    try {
      List<Violation> violations = compile(context, schema).validate(json, context::tick);
      context.allocate(256L * violations.size());
      return pair(
          violations.isEmpty(),
          ArrayValue.of(violations.stream().map(JsonSchemas::describe).toList()));
    } catch (SchemaException e) {
      throw BuiltinFailure.failed(String.valueOf(e.getMessage()));
    }
  }

  private static Value pair(boolean valid, Value details) {
    return ArrayValue.of(List.of(Value.of(valid), details));
  }

  private static Value describe(Violation violation) {
    return new ObjectValue(4)
        .put("error", violation.field() + ": " + violation.description())
        .put("type", violation.type())
        .put("field", violation.field())
        .put("desc", violation.description());
  }

  private static JsonSchema compile(EvaluationContext context, Value schema) {
    return JsonSchema.compile(json(context, schema), SchemaFormats::matches);
  }

  /** A text is JSON itself; else what there is but not in JSON, as sets, becomes what is. */
  private static Value json(EvaluationContext context, Value value) {
    String text =
        switch (value) {
          case StringValue string -> string.text();
          case ObjectValue object -> Json.write(object);
          case ArrayValue array -> Json.write(array);
          default -> throw BuiltinFailure.failed("wrong type, expected string or object");
        };
    context.allocate(4L * text.length());
    try {
      return Json.read(text);
    } catch (IOException e) {
      throw BuiltinFailure.failed("invalid JSON string");
    }
  }
}

package dev.blastwall.opa.builtin.schema;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.Json;
import dev.blastwall.opa.NumberValue;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * Values that a schema names: a document's value is compared with them as JSON text, for which
 * numbers become floating-point ones of 64 bits.
 */
final class Literals {
  private Literals() {}

  static void compile(Draft draft, Members members, Subschema schema) {
    Value only = members.get("const");
    if (only != null && draft.isAtLeast(Draft.DRAFT_6)) {
      require(schema, Keyword.Step.CONST, List.of(text(only)), "const", " does not match: ");
    }
    List<Value> enumerated = members.list("enum");
    if (enumerated != null) {
      require(
          schema,
          Keyword.Step.ENUM,
          distinct(enumerated),
          "enum",
          " must be one of the following: ");
    }
  }

  private static List<String> distinct(List<Value> values) {
    List<String> texts = new ArrayList<>(values.size());
    for (Value value : values) {
      String text = text(value);
      if (texts.contains(text)) {
        throw new SchemaException("enum items must be unique");
      }
      texts.add(text);
    }
    return texts;
  }

  private static void require(
      Subschema schema, Keyword.Step step, List<String> allowed, String type, String words) {
    schema.put(
        step,
        (value, at, judgement) -> {
          if (!allowed.contains(text(value))) {
            judgement.violated(at, type, at.field() + words + String.join(", ", allowed));
          }
        });
  }

  /** As {@code encoding/json} writes it. */
  static String text(Value value) {
    return Json.write(inexact(value))
        .replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029");
  }

  private static Value inexact(Value value) {
    return switch (value) {
      case NumberValue number -> inexact(number);
      case ArrayValue array ->
          ArrayValue.of(array.asList().stream().map(Literals::inexact).toList());
      case ObjectValue object -> {
        ObjectValue copy = new ObjectValue(object.size());
        for (int i = 0; i < object.size(); i++) {
          copy.put(object.keyAt(i), inexact(object.valueAt(i)));
        }
        yield copy;
      }
      default -> value;
    };
  }

  private static Value inexact(NumberValue number) {
    double nearest = Double.parseDouble(number.toString());
    if (Double.isInfinite(nearest)) {
      throw new SchemaException(
          "json: cannot unmarshal number " + number + " into Go value of type float64");
    }
    return NumberValue.parse(GoNumbers.json(nearest));
  }
}

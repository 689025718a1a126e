package dev.blastwall.opa.builtin.schema;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.BooleanValue;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a schema demands of arrays. */
final class ArrayKeywords {
  private static final String ITEMS = "items";

  private ArrayKeywords() {}

  static void items(SchemaCompiler compiler, Members members, Subschema schema) {
    Value items = members.get(ITEMS);
    List<Subschema> firsts = items instanceof ArrayValue list ? tuple(compiler, list) : List.of();
    if (items != null && !(items instanceof ArrayValue)) {
      Subschema each = compiler.compile(requireSchema(items));
      schema.put(
          Keyword.Step.ITEMS,
          (value, at, judgement) -> judgeFrom(0, each, (ArrayValue) value, at, judgement));
    }
    Keyword rest = rest(compiler, members.get("additionalItems"), firsts.size());
    if (!firsts.isEmpty()) {
      schema.put(
          Keyword.Step.ITEMS,
          (value, at, judgement) -> {
            judgeFirst(firsts, (ArrayValue) value, at, judgement);
            if (rest != null) {
              rest.judge(value, at, judgement);
            }
          });
    }
  }

  private static List<Subschema> tuple(SchemaCompiler compiler, ArrayValue items) {
    List<Subschema> schemas = new ArrayList<>(items.size());
    for (Value item : items.asList()) {
      schemas.add(compiler.compile(requireSchema(item)));
    }
    return schemas;
  }

  private static Value requireSchema(Value value) {
    if (!Members.isSchema(value)) {
      throw SchemaException.invalidType("Valid Schema/Array Of Schemas", ITEMS);
    }
    return value;
  }

  /** What the elements behind the first ones have to be; null for anything. */
  private static @Nullable Keyword rest(
      SchemaCompiler compiler, @Nullable Value additional, int from) {
    return switch (additional) {
      case null -> null;
      case BooleanValue allowed ->
          (value, at, judgement) -> {
            if (allowed == BooleanValue.FALSE && ((ArrayValue) value).size() > from) {
              judgement.violated(
                  at, "array_no_additional_items", "No additional items allowed on array");
            }
          };
      case ObjectValue object -> {
        Subschema other = compiler.compile(object);
        yield (value, at, judgement) -> judgeFrom(from, other, (ArrayValue) value, at, judgement);
      }
      default -> throw SchemaException.invalidType("boolean/Valid Schema", "additionalItems");
    };
  }

  private static void judgeFirst(
      List<Subschema> schemas, ArrayValue array, Place at, Judgement judgement) {
    for (int i = 0; i < schemas.size() && i < array.size(); i++) {
      judgement.include(schemas.get(i), array.get(i), at.element(i));
    }
  }

  private static void judgeFrom(
      int start, Subschema schema, ArrayValue array, Place at, Judgement judgement) {
    for (int i = start; i < array.size(); i++) {
      judgement.include(schema, array.get(i), at.element(i));
    }
  }

  static void limits(SchemaCompiler compiler, Members members, Subschema schema) {
    Long least = members.count("minItems");
    if (least != null) {
      schema.put(
          Keyword.Step.MIN_ITEMS,
          (value, at, judgement) -> {
            if (((ArrayValue) value).size() < least) {
              judgement.violated(
                  at, "array_min_items", "Array must have at least " + least + " items");
            }
          });
    }
    Long most = members.count("maxItems");
    if (most != null) {
      schema.put(
          Keyword.Step.MAX_ITEMS,
          (value, at, judgement) -> {
            if (((ArrayValue) value).size() > most) {
              judgement.violated(
                  at, "array_max_items", "Array must have at most " + most + " items");
            }
          });
    }
    if (members.flag("uniqueItems")) {
      schema.put(Keyword.Step.UNIQUE_ITEMS, ArrayKeywords::requireUnique);
    }
    contains(compiler, members, schema);
  }

  private static void requireUnique(Value value, Place at, Judgement judgement) {
    ArrayValue array = (ArrayValue) value;
    Map<String, Integer> seen = new HashMap<>();
    for (int i = 0; i < array.size(); i++) {
      Integer before = seen.put(Literals.text(array.get(i)), i);
      if (before != null) {
        judgement.violated(at, "unique", "array items[" + before + "," + i + "] must be unique");
      }
    }
  }

  private static void contains(SchemaCompiler compiler, Members members, Subschema schema) {
    Value contained = members.get("contains");
    if (contained == null || !compiler.knows(Draft.DRAFT_6)) {
      return;
    }
    Subschema some = compiler.compile(contained);
    schema.put(
        Keyword.Step.CONTAINS,
        (value, at, judgement) -> requireSome(some, (ArrayValue) value, at, judgement));
  }

  private static void requireSome(Subschema some, ArrayValue array, Place at, Judgement judgement) {
    Judgement closest = null;
    for (int i = 0; i < array.size(); i++) {
      Judgement ofElement = judgement.judge(some, array.get(i), at.element(i));
      if (ofElement.isValid()) {
        return;
      }
      closest = ofElement.isCloserThan(closest) ? ofElement : closest;
    }
    judgement.violated(at, "contains", "At least one of the items must match");
    if (closest != null) {
      judgement.merge(closest);
    }
  }
}

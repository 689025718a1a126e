package dev.blastwall.opa.builtin;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.BooleanValue;
import dev.blastwall.opa.NullValue;
import dev.blastwall.opa.NumberValue;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.Value;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Schemas and documents that often have something to do with each other. */
final class RandomSchemas {
  private static final int DEPTH = 3;
  private static final List<String> NAMES = List.of("a", "b", "ab", "$x", "é<");
  private static final List<String> TYPES =
      List.of("array", "boolean", "integer", "number", "null", "object", "string");
  private static final List<String> NUMBERS =
      List.of(
          "0",
          "1",
          "2",
          "-3",
          "1.0",
          "0.1",
          "2.5",
          "1e2",
          "1234567",
          "1e21",
          "9007199254740993",
          "0.0000001");
  private static final List<String> FORMATS =
      List.of(
          "date",
          "time",
          "date-time",
          "hostname",
          "email",
          "ipv4",
          "ipv6",
          "uri",
          "uri-reference",
          "uri-template",
          "uuid",
          "regex",
          "json-pointer",
          "relative-json-pointer",
          "unknown");
  private static final List<String> TEXTS =
      List.of(
          "",
          "a",
          "ab",
          "é<",
          "2024-02-29",
          "2023-02-29",
          "10:11:12",
          "10:11:12Z",
          "24:00:00Z",
          "2024-02-29T10:11:12+02:00",
          "2024-02-29T10:11:12.123Z",
          "a.example",
          "-a",
          "a_b",
          "x@example.org",
          "X Y <x@example.org>",
          "x@",
          "\"q r\"@example.org",
          "a..b@example.org",
          "x y <x@example.org>",
          "1.2.3.4",
          "1.2.3.256",
          "::1",
          "::ffff:1.2.3.4",
          "fe80::1%eth0",
          "http://a/b?c#d",
          "//a",
          "a:b",
          "http://a/{b}",
          "http://a/{b",
          "http://a\\b",
          "%zz",
          "123e4567-e89b-12d3-a456-426614174000",
          "(",
          "a{2,1}",
          "/a~1b",
          "/a~2",
          "0#",
          "1/a",
          "01");
  private static final List<String> PATTERNS = List.of("^a", "b$", "^[0-9]+$", "é", ".{2}");
  private static final List<String> DRAFTS =
      List.of(
          "http://json-schema.org/draft-04/schema#",
          "http://json-schema.org/draft-06/schema#",
          "http://json-schema.org/draft-07/schema",
          "https://json-schema.org/draft/2020-12/schema");

  private final Random random;
  private List<String> targets = List.of();

  RandomSchemas(long seed) {
    random = new Random(seed);
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private boolean chance(int inHundred) {
    return random.nextInt(100) < inHundred;
  }

  private Value number() {
    return NumberValue.parse(one(NUMBERS));
  }

  private ArrayValue list(int most, Supplier<Value> element) {
    return ArrayValue.of(
        IntStream.range(0, random.nextInt(most + 1)).mapToObj(i -> element.get()).toList());
  }

  private ArrayValue distinct(int most, Supplier<Value> element) {
    return ArrayValue.of(list(most, element).asList().stream().distinct().toList());
  }

  private ObjectValue object(int most, Supplier<Value> member) {
    ObjectValue object = new ObjectValue(most);
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      object.put(one(NAMES), member.get());
    }
    return object;
  }

  Value document() {
    return document(DEPTH);
  }

  private Value document(int depth) {
    return switch (random.nextInt(depth > 0 ? 8 : 5)) {
      case 0 -> NullValue.NULL;
      case 1 -> BooleanValue.of(random.nextBoolean());
      case 2 -> number();
      case 3, 4 -> Value.of(one(TEXTS));
      case 5 -> list(4, () -> document(depth - 1));
      default -> object(4, () -> document(depth - 1));
    };
  }

  /**
   * A whole schema, which may name its draft. Its definitions never refer to themselves, as that
   * ends a process of OPA.
   */
  ObjectValue schema() {
    ObjectValue definitions = new ObjectValue(3);
    targets = List.of();
    definitions.put("a", schema(1));
    targets = List.of("a");
    definitions.put("b", schema(1)).put("c", new ObjectValue(1).put("$ref", "#/definitions/a"));
    targets = List.of("a", "b", "c");
    ObjectValue schema = schemaObject(DEPTH).put("definitions", definitions);
    return chance(20) ? schema.put("$schema", one(DRAFTS)) : schema;
  }

  private Value schema(int depth) {
    if (chance(8)) {
      return BooleanValue.of(random.nextBoolean());
    }
    if (!targets.isEmpty() && chance(15)) {
      return new ObjectValue(1).put("$ref", "#/definitions/" + one(targets));
    }
    return schemaObject(depth);
  }

  private ObjectValue schemaObject(int depth) {
    ObjectValue schema = new ObjectValue(4);
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      if (depth > 0 && chance(60)) {
        putApplicator(schema, depth - 1);
      } else {
        putAssertion(schema);
      }
    }
    return schema;
  }

  private void putApplicator(ObjectValue schema, int depth) {
    switch (random.nextInt(14)) {
      case 0, 1 -> schema.put("properties", object(3, () -> schema(depth)));
      case 2 -> schema.put("additionalProperties", schema(depth));
      case 3 ->
          schema.put("patternProperties", new ObjectValue(1).put(one(PATTERNS), schema(depth)));
      case 4 -> schema.put("propertyNames", schema(depth));
      case 5 ->
          schema.put(
              "dependencies",
              object(2, () -> chance(50) ? schema(depth) : list(2, () -> Value.of(one(NAMES)))));
      case 6 -> schema.put("items", chance(50) ? schema(depth) : list(3, () -> schema(depth)));
      case 7 -> schema.put("additionalItems", schema(depth));
      case 8 -> schema.put("contains", schema(depth));
      case 9 -> schema.put("anyOf", list(3, () -> schema(depth)));
      case 10 -> schema.put("oneOf", list(3, () -> schema(depth)));
      case 11 -> schema.put("allOf", list(3, () -> schema(depth)));
      case 12 -> schema.put("not", schema(depth));
      default ->
          schema.put("if", schema(depth)).put("then", schema(depth)).put("else", schema(depth));
    }
  }

  private void putAssertion(ObjectValue schema) {
    switch (random.nextInt(16)) {
      case 0, 1 -> schema.put("type", one(TYPES));
      case 2 -> schema.put("type", distinct(3, () -> Value.of(one(TYPES))));
      case 3 ->
          schema.put(
              "multipleOf", one(List.of("1", "2", "0.1", "2.5")).transform(NumberValue::parse));
      case 4 -> schema.put("minimum", number());
      case 5 -> schema.put("maximum", number());
      case 6 ->
          schema.put(
              "exclusiveMinimum", chance(90) ? number() : BooleanValue.of(random.nextBoolean()));
      case 7 -> schema.put("maximum", number()).put("exclusiveMaximum", chance(60));
      case 8 -> schema.put("minLength", random.nextInt(4)).put("maxLength", 3 + random.nextInt(9));
      case 9 -> schema.put("pattern", one(PATTERNS));
      case 10, 11 -> schema.put("format", one(FORMATS));
      case 12 -> schema.put("minProperties", random.nextInt(3)).put("maxItems", random.nextInt(4));
      case 13 -> schema.put("required", distinct(2, () -> Value.of(one(NAMES))));
      case 14 -> schema.put("uniqueItems", chance(80)).put("minItems", random.nextInt(3));
      default -> {
        schema.put("enum", distinct(3, () -> document(1)));
        if (chance(40)) {
          schema.put("const", document(1));
        }
      }
    }
  }
}

package dev.blastwall.opa.builtin.schema;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a schema demands of values of any type by means of further schemas. */
final class Combinators {
  private Combinators() {}

  static void dependencies(SchemaCompiler compiler, Members members, Subschema schema) {
    Value listed = members.get("dependencies");
    if (listed == null) {
      return;
    }
    if (!(listed instanceof ObjectValue object)) {
      throw new SchemaException("dependencies must be of type object");
    }
    Map<Value, Keyword> dependencies = new LinkedHashMap<>();
    for (int i = 0; i < object.size(); i++) {
      dependencies.put(object.sortedKeyAt(i), dependency(compiler, object.sortedValueAt(i)));
    }
    schema.put(
        Keyword.Step.DEPENDENCIES,
        (value, at, judgement) ->
            dependencies.forEach((key, dependency) -> {
              if (value instanceof ObjectValue found && found.get(key) != null) {
                dependency.judge(value, at, judgement);
              }
            }));
  }

  private static Keyword dependency(SchemaCompiler compiler, Value value) {
    if (Members.isSchema(value)) {
      Subschema schema = compiler.compile(value);
      return (found, at, judgement) -> judgement.include(schema, found, at);
    }
    if (!(value instanceof ArrayValue array)
        || !array.asList().stream().allMatch(StringValue.class::isInstance)) {
      throw new SchemaException("Dependency must be of type Schema Or Array Of Strings");
    }
    return (found, at, judgement) -> requireAll(array, (ObjectValue) found, at, judgement);
  }

  private static void requireAll(
      ArrayValue names, ObjectValue object, Place at, Judgement judgement) {
    for (Value name : names.asList()) {
      if (object.get(name) == null) {
        judgement.violated(
            at, "missing_dependency", "Has a dependency on " + ((StringValue) name).text());
      }
    }
  }

  static void choices(SchemaCompiler compiler, Members members, Subschema schema) {
    List<Subschema> oneOf = schemas(compiler, members, "oneOf");
    if (!oneOf.isEmpty()) {
      schema.put(
          Keyword.Step.ONE_OF, (value, at, judgement) -> requireOne(oneOf, value, at, judgement));
    }
    List<Subschema> anyOf = schemas(compiler, members, "anyOf");
    if (!anyOf.isEmpty()) {
      schema.put(
          Keyword.Step.ANY_OF, (value, at, judgement) -> requireAny(anyOf, value, at, judgement));
    }
    List<Subschema> allOf = schemas(compiler, members, "allOf");
    if (!allOf.isEmpty()) {
      schema.put(
          Keyword.Step.ALL_OF, (value, at, judgement) -> requireAll(allOf, value, at, judgement));
    }
    not(compiler, members, schema);
    if (compiler.knows(Draft.DRAFT_7)) {
      condition(compiler, members, schema);
    }
  }

  private static List<Subschema> schemas(SchemaCompiler compiler, Members members, String key) {
    List<Value> listed = members.list(key);
    List<Subschema> schemas = new ArrayList<>();
    if (listed != null) {
      listed.forEach(element -> schemas.add(compiler.compile(element)));
    }
    return schemas;
  }

  private static void requireAny(
      List<Subschema> schemas, Value value, Place at, Judgement judgement) {
    Judgement closest = null;
    for (Subschema schema : schemas) {
      Judgement alone = judgement.judge(schema, value, at);
      if (alone.isValid()) {
        return;
      }
      closest = alone.isCloserThan(closest) ? alone : closest;
    }
    judgement.violated(at, "number_any_of", "Must validate at least one schema (anyOf)");
    if (closest != null) {
      judgement.merge(closest);
    }
  }

  private static void requireOne(
      List<Subschema> schemas, Value value, Place at, Judgement judgement) {
    Judgement closest = null;
    int valid = 0;
    for (Subschema schema : schemas) {
      Judgement alone = judgement.judge(schema, value, at);
      if (alone.isValid()) {
        valid++;
      } else if (alone.isCloserThan(closest)) {
        closest = alone;
      }
    }
    if (valid != 1) {
      judgement.violated(at, "number_one_of", "Must validate one and only one schema (oneOf)");
    }
    if (valid == 0 && closest != null) {
      judgement.merge(closest);
    }
  }

  private static void requireAll(
      List<Subschema> schemas, Value value, Place at, Judgement judgement) {
    boolean isValid = true;
    for (Subschema schema : schemas) {
      Judgement alone = judgement.judge(schema, value, at);
      isValid &= alone.isValid();
      judgement.merge(alone);
    }
    if (!isValid) {
      judgement.violated(at, "number_all_of", "Must validate all the schemas (allOf)");
    }
  }

  private static void not(SchemaCompiler compiler, Members members, Subschema schema) {
    Subschema forbidden = optional(compiler, members, "not");
    if (forbidden != null) {
      schema.put(
          Keyword.Step.NOT,
          (value, at, judgement) -> {
            if (judgement.judge(forbidden, value, at).isValid()) {
              judgement.violated(at, "number_not", "Must not validate the schema (not)");
            }
          });
    }
  }

  private static @Nullable Subschema optional(
      SchemaCompiler compiler, Members members, String key) {
    Value value = members.get(key);
    if (value == null) {
      return null;
    }
    if (!Members.isSchema(value)) {
      throw new SchemaException(key + " must be of an object");
    }
    return compiler.compile(value);
  }

  private static void condition(SchemaCompiler compiler, Members members, Subschema schema) {
    Subschema condition = optional(compiler, members, "if");
    Subschema then = optional(compiler, members, "then");
    Subschema otherwise = optional(compiler, members, "else");
    if (condition == null) {
      return;
    }
    schema.put(
        Keyword.Step.CONDITION,
        (value, at, judgement) -> {
          if (judgement.judge(condition, value, at).isValid()) {
            follow(then, "then", "valid", value, at, judgement);
          } else {
            follow(otherwise, "else", "not valid", value, at, judgement);
          }
        });
  }

  private static void follow(
      @Nullable Subschema branch,
      String key,
      String was,
      Value value,
      Place at,
      Judgement judgement) {
    if (branch == null) {
      return;
    }
    Judgement alone = judgement.judge(branch, value, at);
    if (!alone.isValid()) {
      judgement.violated(
          at, "condition_" + key, "Must validate \"" + key + "\" as \"if\" was " + was);
      judgement.merge(alone);
    }
  }
}

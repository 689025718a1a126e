package dev.blastwall.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Records as the definitions of a JSON Schema, draft 7, in the few words of it that OPA's type
 * checker heeds: closed objects, arrays, {@code anyOf}. A component {@code hasWhere} is a member
 * {@code has_where}; each is required.
 */
final class RecordSchemas {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Map<String, ObjectNode> definitions = new TreeMap<>();

  /** A reference to what {@code record} is, which is defined when it is first asked for. */
  ObjectNode of(Class<?> record) {
    String name = snakeCase(record.getSimpleName());
    if (!definitions.containsKey(name)) {
      definitions.put(name, closed(record));
    }
    return reference(name);
  }

  /** A definition beside those of records. */
  ObjectNode define(String name, ObjectNode schema) {
    definitions.put(name, schema);
    return reference(name);
  }

  void undefine(String... names) {
    definitions.keySet().removeAll(List.of(names));
  }

  ObjectNode definition(Class<?> record) {
    of(record);
    return definitions.get(snakeCase(record.getSimpleName()));
  }

  JsonNode definitions() {
    return JSON.objectNode().setAll(definitions);
  }

  /** An object of the record's components and nothing else. */
  private ObjectNode closed(Class<?> record) {
    ObjectNode object = closed();
    for (RecordComponent component : record.getRecordComponents()) {
      member(object, snakeCase(component.getName()), of(component.getAnnotatedType()));
    }
    return object;
  }

  /** What one component of a record is. */
  ObjectNode of(Class<?> record, String component) {
    for (RecordComponent candidate : record.getRecordComponents()) {
      if (candidate.getName().equals(component)) {
        return of(candidate.getAnnotatedType());
      }
    }
    throw new IllegalArgumentException(record + " has no " + component);
  }

  private ObjectNode of(AnnotatedType type) {
    ObjectNode schema =
        type instanceof AnnotatedParameterizedType generic
            ? generic(generic)
            : plain((Class<?>) type.getType());
    return type.isAnnotationPresent(Nullable.class) ? orNull(schema) : schema;
  }

  private ObjectNode generic(AnnotatedParameterizedType type) {
    Type raw = ((ParameterizedType) type.getType()).getRawType();
    AnnotatedType[] arguments = type.getAnnotatedActualTypeArguments();
    if (raw == List.class) {
      return array(of(arguments[0]));
    }
    if (raw == Map.class) {
      return type("object").set("additionalProperties", of(arguments[1]));
    }
    throw new IllegalArgumentException("no schema for " + type);
  }

  private ObjectNode plain(Class<?> type) {
    if (type.isRecord()) {
      return of(type);
    }
    if (type.isEnum()) {
      return words(List.of(type.getEnumConstants()).stream().map(RecordSchemas::word).toList());
    }
    return switch (type.getSimpleName()) {
      case "String" -> type("string");
      case "boolean" -> type("boolean");
      case "int", "long", "Long" -> type("integer");
      case "Object" -> JSON.objectNode();
      default -> throw new IllegalArgumentException("no schema for " + type);
    };
  }

  /** The word that policy sees. */
  private static String word(Object constant) {
    return constant.toString().toLowerCase(Locale.ROOT);
  }

  static ObjectNode closed() {
    ObjectNode object = type("object").put("additionalProperties", false);
    object.putObject("properties");
    object.putArray("required");
    return object;
  }

  static ObjectNode member(ObjectNode object, String name, JsonNode schema) {
    object.withArrayProperty("required").add(name);
    return optional(object, name, schema);
  }

  static ObjectNode optional(ObjectNode object, String name, JsonNode schema) {
    object.withObjectProperty("properties").set(name, schema);
    return object;
  }

  static ObjectNode type(String name) {
    return JSON.objectNode().put("type", name);
  }

  static ObjectNode words(List<String> words) {
    ObjectNode schema = type("string");
    words.forEach(schema.putArray("enum")::add);
    return schema;
  }

  static ObjectNode array(ObjectNode elements) {
    return type("array").set("items", elements);
  }

  static ObjectNode orNull(ObjectNode schema) {
    return anyOf(List.of(schema, type("null")));
  }

  static ObjectNode anyOf(List<ObjectNode> schemas) {
    ObjectNode any = JSON.objectNode();
    any.putArray("anyOf").addAll(schemas);
    return any;
  }

  private static ObjectNode reference(String name) {
    return JSON.objectNode().put("$ref", "#/definitions/" + name);
  }

  private static String snakeCase(String name) {
    return name.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
  }
}

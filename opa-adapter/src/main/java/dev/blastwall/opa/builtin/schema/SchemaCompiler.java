package dev.blastwall.opa.builtin.schema;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.BooleanValue;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/**
 * Makes of a schema what can judge. The keywords are read in OPA's order, as of several faults only
 * the first is told.
 */
final class SchemaCompiler {
  private static final int MAX_DEPTH = 1_000;
  private static final List<String> TYPES =
      List.of("array", "boolean", "integer", "number", "null", "object", "string");

  private final Draft draft;
  private final References references;
  private final BiPredicate<String, String> formats;
  private final Map<Reference, Subschema> referred = new HashMap<>();
  private int depth;

  private SchemaCompiler(Draft draft, References references, BiPredicate<String, String> formats) {
    this.draft = draft;
    this.references = references;
    this.formats = formats;
  }

  static Subschema compile(Value schema, BiPredicate<String, String> formats) {
    Draft draft = Draft.of(schema);
    return new SchemaCompiler(draft, References.of(schema), formats).compile(schema);
  }

  boolean knows(Draft since) {
    return draft.isAtLeast(since);
  }

  Draft draft() {
    return draft;
  }

  boolean isOfFormat(String format, String text) {
    return formats.test(format, text);
  }

  Subschema compile(Value node) {
    Subschema schema = new Subschema();
    fill(schema, node);
    return schema;
  }

  private void fill(Subschema schema, Value node) {
    if (depth == MAX_DEPTH) {
      throw new SchemaException("the schema nests too deep");
    }
    depth++;
    if (node instanceof BooleanValue && knows(Draft.DRAFT_6)) {
      schema.always(node == BooleanValue.TRUE);
    } else if (node instanceof ObjectValue object) {
      fill(schema, new Members(object));
    } else {
      throw new SchemaException("Expected: Valid Schema, given: Invalid JSON");
    }
    depth--;
  }

  private void fill(Subschema schema, Members members) {
    checkIdentifier(members);
    checkDefinitions(members);
    members.string("title");
    members.string("description");
    if (refer(schema, members)) {
      return;
    }
    allowTypes(schema, members);
    ObjectKeywords objects = ObjectKeywords.members(this, members, schema);
    Combinators.dependencies(this, members, schema);
    ArrayKeywords.items(this, members, schema);
    NumberKeywords.compile(draft, members, schema);
    StringKeywords.compile(this, members, schema);
    objects.limits();
    ArrayKeywords.limits(this, members, schema);
    Literals.compile(draft, members, schema);
    Combinators.choices(this, members, schema);
  }

  private void checkIdentifier(Members members) {
    boolean isOld =
        switch (draft) {
          case DRAFT_4 -> true;
          case HYBRID -> members.get("id") != null;
          case DRAFT_6, DRAFT_7 -> false;
        };
    String id = members.string(isOld ? "id" : "$id");
    if (id != null) {
      Reference.parse(id);
    }
  }

  /** Definitions have to be schemas even if nobody refers to them. */
  private void checkDefinitions(Members members) {
    Value definitions = members.get("definitions");
    if (definitions == null) {
      return;
    }
    if (!(definitions instanceof ObjectValue object)) {
      throw SchemaException.invalidType("Array Of Schemas", "definitions");
    }
    for (int i = 0; i < object.size(); i++) {
      if (!Members.isSchema(object.sortedValueAt(i))) {
        throw SchemaException.invalidType("Array Of Schemas", "definitions");
      }
      compile(object.sortedValueAt(i));
    }
  }

  /** Whether it refers to a schema that was not known yet; then its siblings are not read. */
  private boolean refer(Subschema schema, Members members) {
    String written = members.string("$ref");
    if (written == null) {
      return false;
    }
    Reference reference = references.target(members.object(), written);
    Subschema known = referred.get(reference);
    if (known != null) {
      schema.refer(known);
      return false;
    }
    Subschema target = new Subschema();
    // Known before it is filled, as it may refer to itself.
    referred.put(reference, target);
    Value node = references.resolve(reference);
    if (!Members.isSchema(node)) {
      throw new SchemaException("Valid Schema must be of type object");
    }
    fill(target, node);
    schema.refer(target);
    return true;
  }

  private static void allowTypes(Subschema schema, Members members) {
    switch (members.get("type")) {
      case null -> {}
      case StringValue type -> allow(schema, type.text());
      case ArrayValue types -> types.asList().forEach(type -> allow(schema, typeName(type)));
      case Value other -> typeName(other);
    }
  }

  private static String typeName(Value type) {
    if (type instanceof StringValue name) {
      return name.text();
    }
    throw SchemaException.invalidType("type", "string/Array Of Strings");
  }

  private static void allow(Subschema schema, String type) {
    if (!TYPES.contains(type)) {
      throw new SchemaException(
          "has a primitive type that is NOT VALID -- given: /"
              + type
              + "/ Expected valid values are:["
              + String.join(" ", TYPES)
              + "]");
    }
    if (schema.allows(type)) {
      throw new SchemaException(type + " type is duplicated");
    }
    schema.allow(type);
  }
}

package dev.blastwall.opa.builtin.schema;

import com.google.re2j.Pattern;
import dev.blastwall.opa.BooleanValue;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a schema demands of objects. */
final class ObjectKeywords {
  private final SchemaCompiler compiler;
  private final Members members;
  private final Subschema schema;
  private final Map<String, Subschema> properties = new LinkedHashMap<>();
  private final Map<Pattern, Subschema> patterns = new LinkedHashMap<>();

  /** What a member has to be that neither a name nor a pattern describes; null for anything. */
  private @Nullable Keyword others;

  private ObjectKeywords(SchemaCompiler compiler, Members members, Subschema schema) {
    this.compiler = compiler;
    this.members = members;
    this.schema = schema;
  }

  /** Compiles the schemas of members; {@link #limits} is for the rest, which is read later. */
  static ObjectKeywords members(SchemaCompiler compiler, Members members, Subschema schema) {
    ObjectKeywords keywords = new ObjectKeywords(compiler, members, schema);
    keywords.properties();
    keywords.additionalProperties();
    keywords.patternProperties();
    keywords.propertyNames();
    schema.put(Keyword.Step.OTHER_PROPERTIES, keywords::judgeUnnamed);
    return keywords;
  }

  private void properties() {
    Value named = members.get("properties");
    if (named == null) {
      return;
    }
    if (!(named instanceof ObjectValue object)) {
      throw new SchemaException("Properties must be of type object");
    }
    for (int i = 0; i < object.size(); i++) {
      properties.put(name(object, i), compiler.compile(object.sortedValueAt(i)));
    }
    schema.put(Keyword.Step.PROPERTIES, this::judgeNamed);
  }

  private static String name(ObjectValue object, int index) {
    return ((StringValue) object.sortedKeyAt(index)).text();
  }

  private void judgeNamed(Value value, Place at, Judgement judgement) {
    ObjectValue object = (ObjectValue) value;
    properties.forEach((name, property) -> {
      Value member = object.get(name);
      if (member != null) {
        judgement.include(property, member, at.member(name));
      }
    });
  }

  private void additionalProperties() {
    Value additional = members.get("additionalProperties");
    if (additional instanceof ObjectValue) {
      Subschema other = compiler.compile(additional);
      others = (value, at, judgement) -> judgement.include(other, value, at);
    } else if (additional == BooleanValue.FALSE) {
      others = ObjectKeywords::refuse;
    } else if (additional != null && additional != BooleanValue.TRUE) {
      throw SchemaException.invalidType("boolean/Valid Schema", "additionalProperties");
    }
  }

  private static void refuse(Value value, Place at, Judgement judgement) {
    judgement.violated(
        at.above(),
        "additional_property_not_allowed",
        "Additional property " + at.name() + " is not allowed");
  }

  private void patternProperties() {
    Value described = members.get("patternProperties");
    if (described == null) {
      return;
    }
    if (!(described instanceof ObjectValue object)) {
      throw SchemaException.invalidType("Valid Schema", "patternProperties");
    }
    for (int i = 0; i < object.size(); i++) {
      String pattern = name(object, i);
      patterns.put(
          StringKeywords.compile(pattern, "Invalid regex pattern '" + pattern + "'"),
          compiler.compile(object.sortedValueAt(i)));
    }
  }

  private void judgeUnnamed(Value value, Place at, Judgement judgement) {
    ObjectValue object = (ObjectValue) value;
    if (patterns.isEmpty() && others == null) {
      return;
    }
    for (int i = 0; i < object.size(); i++) {
      String name = name(object, i);
      Value member = object.sortedValueAt(i);
      boolean isDescribed = judgeByPatterns(name, member, at, judgement);
      if (!isDescribed && others != null && !properties.containsKey(name)) {
        others.judge(member, at.member(name), judgement);
      }
    }
  }

  private boolean judgeByPatterns(String name, Value member, Place at, Judgement judgement) {
    boolean isDescribed = false;
    for (Map.Entry<Pattern, Subschema> entry : patterns.entrySet()) {
      if (entry.getKey().matcher(name).find()) {
        isDescribed = true;
        judgement.include(entry.getValue(), member, at.member(name));
      }
    }
    if (isDescribed) {
      judgement.fits();
    }
    return isDescribed;
  }

  private void propertyNames() {
    Value described = members.get("propertyNames");
    if (described == null || !compiler.knows(Draft.DRAFT_6)) {
      return;
    }
    if (!Members.isSchema(described)) {
      // OPA names the wrong keyword here.
      throw SchemaException.invalidType("Valid Schema", "patternProperties");
    }
    Subschema names = compiler.compile(described);
    schema.put(
        Keyword.Step.PROPERTY_NAMES,
        (value, at, judgement) -> judgeNames(names, (ObjectValue) value, at, judgement));
  }

  private static void judgeNames(
      Subschema names, ObjectValue object, Place at, Judgement judgement) {
    for (int i = 0; i < object.size(); i++) {
      Judgement ofName = judgement.judge(names, object.sortedKeyAt(i), at);
      if (!ofName.isValid()) {
        judgement.violated(
            at,
            "invalid_property_name",
            "Property name of \"" + name(object, i) + "\" does not match");
        judgement.merge(ofName);
      }
    }
  }

  void limits() {
    Long least = members.count("minProperties");
    Long most = members.count("maxProperties");
    members.requireOrder("minProperties", least, "maxProperties", most);
    if (least != null) {
      schema.put(
          Keyword.Step.MIN_PROPERTIES,
          (value, at, judgement) -> {
            if (((ObjectValue) value).size() < least) {
              judgement.violated(
                  at, "array_min_properties", "Must have at least " + least + " properties");
            }
          });
    }
    if (most != null) {
      schema.put(
          Keyword.Step.MAX_PROPERTIES,
          (value, at, judgement) -> {
            if (((ObjectValue) value).size() > most) {
              judgement.violated(
                  at, "array_max_properties", "Must have at most " + most + " properties");
            }
          });
    }
    required();
  }

  private void required() {
    List<Value> listed = members.list("required");
    if (listed == null) {
      return;
    }
    List<String> names = new ArrayList<>(listed.size());
    for (Value element : listed) {
      if (!(element instanceof StringValue name)) {
        throw SchemaException.invalidType("string", "required");
      }
      if (names.contains(name.text())) {
        throw new SchemaException("required items must be unique");
      }
      names.add(name.text());
    }
    schema.put(
        Keyword.Step.REQUIRED,
        (value, at, judgement) -> require(names, (ObjectValue) value, at, judgement));
  }

  private static void require(
      List<String> names, ObjectValue object, Place at, Judgement judgement) {
    for (String name : names) {
      if (object.get(name) == null) {
        judgement.violated(at, "required", name + " is required");
      } else {
        judgement.fits();
      }
    }
  }
}

package dev.blastwall.opa.builtin.schema;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.blastwall.opa.StringValue;

/** What a schema demands of strings. */
final class StringKeywords {
  private StringKeywords() {}

  static void compile(SchemaCompiler compiler, Members members, Subschema schema) {
    length(members, schema);
    pattern(members, schema);
    format(compiler, members, schema);
  }

  private static void length(Members members, Subschema schema) {
    Long least = members.count("minLength");
    Long most = members.count("maxLength");
    members.requireOrder("minLength", least, "maxLength", most);
    if (least != null) {
      schema.put(
          Keyword.Step.MIN_LENGTH,
          (value, at, judgement) -> {
            if (((StringValue) value).length() < least) {
              judgement.violated(
                  at, "string_gte", "String length must be greater than or equal to " + least);
            }
          });
    }
    if (most != null) {
      schema.put(
          Keyword.Step.MAX_LENGTH,
          (value, at, judgement) -> {
            if (((StringValue) value).length() > most) {
              judgement.violated(
                  at, "string_lte", "String length must be less than or equal to " + most);
            }
          });
    }
  }

  private static void pattern(Members members, Subschema schema) {
    String written = members.string("pattern");
    if (written == null) {
      return;
    }
    Pattern pattern = compile(written, "pattern must be a valid regex");
    schema.put(
        Keyword.Step.PATTERN,
        (value, at, judgement) -> {
          if (!pattern.matcher(((StringValue) value).text()).find()) {
            judgement.violated(at, "pattern", "Does not match pattern '" + written + "'");
          }
        });
  }

  static Pattern compile(String pattern, String otherwise) {
    try {
      return Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      throw new SchemaException(otherwise);
    }
  }

  private static void format(SchemaCompiler compiler, Members members, Subschema schema) {
    String format = members.string("format");
    if (format == null) {
      return;
    }
    schema.put(
        Keyword.Step.FORMAT,
        (value, at, judgement) -> {
          if (value instanceof StringValue text && !compiler.isOfFormat(format, text.text())) {
            judgement.violated(at, "format", "Does not match format '" + format + "'");
          }
        });
  }
}

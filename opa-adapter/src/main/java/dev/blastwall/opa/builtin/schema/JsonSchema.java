package dev.blastwall.opa.builtin.schema;

import dev.blastwall.opa.Value;
import java.util.List;
import java.util.function.BiPredicate;

/** A schema that documents can be held against. */
public final class JsonSchema {
  private final Subschema root;

  private JsonSchema(Subschema root) {
    this.root = root;
  }

  /**
   * Compiles a schema.
   *
   * @param schema as it is read from JSON
   * @param formats whether a text, the second, is of a format, the first; true for those unknown
   * @throws SchemaException when it is none, or refers to another document
   */
  public static JsonSchema compile(Value schema, BiPredicate<String, String> formats) {
    return new JsonSchema(SchemaCompiler.compile(schema, formats));
  }

  /**
   * What is wrong with a document; nothing if it is valid.
   *
   * @param onStep is called for each pair of a value and a part of the schema
   * @throws SchemaException when a judgement is impossible
   */
  public List<Violation> validate(Value document, Runnable onStep) {
    Judgement judgement = Judgement.start(onStep);
    judgement.include(root, document, Place.ROOT);
    return judgement.violations();
  }
}

package dev.blastwall.opa.builtin.schema;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The parts of a schema by their identifiers, and what its references mean where they stand. */
final class References {
  private static final Set<String> LITERALS = Set.of("const", "enum");
  private static final Set<String> MAPS = Set.of("properties", "dependencies", "patternProperties");

  private final Map<Reference, Value> documents = new HashMap<>();
  private final Map<ObjectValue, Reference> targets = new IdentityHashMap<>();

  private References() {}

  /** Those of a schema, in which no object stands twice. */
  static References of(Value root) {
    References references = new References();
    references.collect(root, Reference.ROOT);
    references.documents.put(Reference.ROOT, root);
    return references;
  }

  private void collect(Value node, Reference base) {
    switch (node) {
      case ArrayValue array -> array.asList().forEach(element -> collect(element, base));
      case ObjectValue object -> collectObject(object, base);
      default -> {}
    }
  }

  private void collectObject(ObjectValue object, Reference outer) {
    Reference base = identify(object, outer);
    if (object.get("$ref") instanceof StringValue text) {
      parseQuietly(text).ifPresent(ref -> targets.put(object, base.resolve(ref)));
    }
    for (int i = 0; i < object.size(); i++) {
      String key = ((StringValue) object.sortedKeyAt(i)).text();
      Value value = object.sortedValueAt(i);
      if (MAPS.contains(key)) {
        collectMembers(value, base);
      } else if (!LITERALS.contains(key)) {
        collect(value, base);
      }
    }
  }

  /** Its members are schemas, itself is none: they may be called {@code $ref}. */
  private void collectMembers(Value map, Reference base) {
    if (map instanceof ObjectValue members) {
      for (int i = 0; i < members.size(); i++) {
        collect(members.sortedValueAt(i), base);
      }
    }
  }

  private Reference identify(ObjectValue object, Reference outer) {
    Value id = object.get("id") == null ? object.get("$id") : object.get("id");
    if (!(id instanceof StringValue text)) {
      return outer;
    }
    return parseQuietly(text).map(ref -> identify(object, outer, ref)).orElse(outer);
  }

  private Reference identify(ObjectValue object, Reference outer, Reference id) {
    Reference absolute = outer.resolve(id);
    if (documents.putIfAbsent(absolute, object) != null) {
      throw new SchemaException("Reference already exists: \"" + absolute + "\"");
    }
    return absolute;
  }

  /** What is wrong with a reference is said when the schema that holds it is compiled. */
  private static Optional<Reference> parseQuietly(StringValue text) {
    try {
      return Optional.of(Reference.parse(text.text()));
    } catch (SchemaException e) {
      return Optional.empty();
    }
  }

  /** What the reference of an object means. */
  Reference target(ObjectValue object, String written) {
    Reference target = targets.get(object);
    return target == null ? Reference.parse(written) : target;
  }

  /** What a reference leads to. */
  Value resolve(Reference reference) {
    Value named = documents.get(reference);
    if (named != null) {
      return named;
    }
    Value document = documents.get(reference.document());
    if (document != null) {
      return Pointer.find(document, reference.fragment());
    }
    throw new SchemaException(
        reference.isCanonical()
            ? "remote reference loading disabled: " + reference
            : "Reference " + reference + " must be canonical");
  }
}

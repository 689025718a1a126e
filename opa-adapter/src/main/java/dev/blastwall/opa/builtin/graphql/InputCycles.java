package dev.blastwall.opa.builtin.graphql;

import dev.blastwall.opa.ObjectValue;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/** Finds input objects that no finite value fits: they need themselves. */
final class InputCycles {
  private static final int MAX_DEPTH = 500;

  private final Schema schema;
  private final Set<String> checked = new HashSet<>();
  private final Set<String> path = new LinkedHashSet<>();

  InputCycles(Schema schema) {
    this.schema = schema;
  }

  void check() {
    schema.types().keySet().forEach(this::check);
  }

  private void check(String type) {
    ObjectValue definition = schema.type(type);
    if (definition == null || !schema.kind(type).equals("INPUT_OBJECT")) {
      return;
    }
    if (path.contains(type) || path.size() > MAX_DEPTH) {
      throw new GraphqlException(
          "Cannot reference Input Object "
              + Quotes.quote(type)
              + " within itself through a series of non-null fields: "
              + Quotes.quote(String.join(".", path))
              + ".");
    }
    if (!checked.add(type)) {
      return;
    }
    path.add(type);
    for (ObjectValue field : Tree.nodes(definition, "Fields")) {
      ObjectValue fieldType = Tree.type(field);
      if (Tree.isNonNull(fieldType) && Tree.child(fieldType, "Elem") == null) {
        check(Tree.text(fieldType, "NamedType"));
      }
    }
    path.remove(type);
  }
}

package dev.blastwall.opa.builtin.graphql;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds a node of the tree: what is empty is left out, but texts, numbers and booleans are not.
 */
final class Node {
  private final ObjectValue members = new ObjectValue(8);

  Node put(String name, String text) {
    members.put(name, text);
    return this;
  }

  Node put(String name, boolean flag) {
    members.put(name, flag);
    return this;
  }

  Node put(String name, long number) {
    members.put(name, number);
    return this;
  }

  Node put(String name, @Nullable Value node) {
    boolean isEmpty = node instanceof ObjectValue object && object.size() == 0;
    if (node != null && !isEmpty) {
      members.put(name, node);
    }
    return this;
  }

  Node put(String name, List<? extends Value> nodes) {
    ArrayValue kept = new ArrayValue(nodes.size());
    for (Value node : nodes) {
      if (!(node instanceof ObjectValue object && object.size() == 0)) {
        kept.add(node);
      }
    }
    if (kept.size() > 0) {
      members.put(name, kept);
    }
    return this;
  }

  ObjectValue build() {
    return members;
  }
}

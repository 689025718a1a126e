package dev.blastwall.opa.builtin.graphql;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.BooleanValue;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a tree, which may also come from a policy: what is missing is empty, what has another type
 * is a failure.
 */
final class Tree {
  private Tree() {}

  static String text(ObjectValue node, String member) {
    Value value = node.get(member);
    return value == null ? "" : text(value);
  }

  private static String text(Value value) {
    if (value instanceof StringValue string) {
      return string.text();
    }
    throw new GraphqlException("the tree has no text where one belongs");
  }

  static boolean flag(ObjectValue node, String member) {
    return node.get(member) == BooleanValue.TRUE;
  }

  static List<String> texts(ObjectValue node, String member) {
    return array(node, member).stream().map(Tree::text).toList();
  }

  static List<ObjectValue> nodes(ObjectValue node, String member) {
    List<ObjectValue> nodes = new ArrayList<>();
    for (Value value : array(node, member)) {
      nodes.add(node(value));
    }
    return nodes;
  }

  private static ObjectValue node(Value value) {
    if (value instanceof ObjectValue object) {
      return object;
    }
    throw new GraphqlException("the tree has no object where one belongs");
  }

  private static List<Value> array(ObjectValue node, String member) {
    return switch (node.get(member)) {
      case null -> List.of();
      case ArrayValue array -> array.asList();
      default -> throw new GraphqlException("the tree has no array where one belongs");
    };
  }

  static @Nullable ObjectValue child(ObjectValue node, String member) {
    Value value = node.get(member);
    return value == null ? null : node(value);
  }

  static String name(ObjectValue node) {
    return text(node, "Name");
  }

  static @Nullable ObjectValue find(List<ObjectValue> nodes, String name) {
    return nodes.stream().filter(node -> name(node).equals(name)).findFirst().orElse(null);
  }

  /** The type of a field or argument. */
  static ObjectValue type(ObjectValue node) {
    ObjectValue type = child(node, "Type");
    if (type == null) {
      throw new GraphqlException("the tree has no type where one belongs");
    }
    return type;
  }

  /** The name inside all lists. */
  static String typeName(ObjectValue type) {
    ObjectValue element = child(type, "Elem");
    return element == null ? text(type, "NamedType") : typeName(element);
  }

  static boolean isNonNull(ObjectValue type) {
    return flag(type, "NonNull");
  }

  /** As it is written. */
  static String written(ObjectValue type) {
    ObjectValue element = child(type, "Elem");
    String inner = element == null ? text(type, "NamedType") : "[" + written(element) + "]";
    return inner + (isNonNull(type) ? "!" : "");
  }
}

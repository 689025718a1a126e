package dev.blastwall.opa.embedded;

import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import java.lang.invoke.MethodHandle;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rules by their path, for calls whose path is known only when they happen. */
final class DynamicCalls {
  private static final class Node {
    private final Map<String, Node> children = new HashMap<>();
    private @Nullable MethodHandle rule;
  }

  private final Node root = new Node();

  void add(List<String> path, MethodHandle rule) {
    Node node = root;
    for (String part : path) {
      node = node.children.computeIfAbsent(part, ignored -> new Node());
    }
    node.rule = rule;
  }

  /** The value of the rule at a path; null if it is undefined or there is no such rule. */
  @Nullable Value call(
      Invocation invocation, @Nullable Value input, @Nullable Value data, Value[] path) {
    MethodHandle rule = find(path);
    if (rule == null) {
      return null;
    }
    try {
      return (Value) rule.invokeExact(invocation, input, data);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("generated code throws no checked exception", e);
    }
  }

  private @Nullable MethodHandle find(Value[] path) {
    Node node = root;
    for (Value part : path) {
      Node child = part instanceof StringValue string ? node.children.get(string.text()) : null;
      if (child == null) {
        return null;
      }
      node = child;
    }
    return node.rule;
  }
}

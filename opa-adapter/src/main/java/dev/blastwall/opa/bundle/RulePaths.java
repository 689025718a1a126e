package dev.blastwall.opa.bundle;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.BundleException;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the rules of a plan stand in {@code data}; nothing else may stand there ({@code
 * CheckPathConflicts} in {@code v1/ast/conflicts.go}).
 */
final class RulePaths {
  private RulePaths() {}

  /**
   * The paths, as far as the plan gives them; what else is wrong with it is the engine's to say.
   */
  static List<List<String>> of(Value plan) {
    List<List<String>> paths = new ArrayList<>();
    if (member(member(plan, "funcs"), "funcs") instanceof ArrayValue functions) {
      for (Value function : functions.asList()) {
        if (member(function, "path") instanceof ArrayValue path && path.size() > 1) {
          paths.add(texts(path));
        }
      }
    }
    return paths;
  }

  private static @Nullable Value member(@Nullable Value value, String name) {
    return value instanceof ObjectValue object ? object.get(name) : null;
  }

  /** Without the first part, which names the copy of the rules ({@code g0}). */
  private static List<String> texts(ArrayValue path) {
    return path.asList().stream()
        .skip(1)
        .map(part -> part instanceof StringValue text ? text.text() : part.toString())
        .toList();
  }

  static void requireWithin(List<List<String>> rules, Manifest manifest) throws BundleException {
    for (List<String> rule : rules) {
      if (!manifest.permits(rule)) {
        throw new BundleException(
            "the bundle has a rule at "
                + Manifest.shown(rule)
                + ", which is not below the roots that its .manifest gives; add it to them");
      }
    }
  }

  static void requireFree(List<List<String>> rules, ObjectValue data) throws BundleException {
    for (List<String> rule : rules) {
      if (isTaken(rule, data)) {
        throw new BundleException(
            "both a rule and the data give "
                + Manifest.shown(rule)
                + "; rename the rule, or leave it out of the data");
      }
    }
  }

  /** Whether there is a value at the path, or one on the way that nothing can be below of. */
  private static boolean isTaken(List<String> path, ObjectValue data) {
    Value here = data;
    for (String part : path) {
      if (!(here instanceof ObjectValue object)) {
        return true;
      }
      Value next = object.get(part);
      if (next == null) {
        return false;
      }
      here = next;
    }
    return true;
  }
}

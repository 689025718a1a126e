package dev.blastwall.opa.bundle;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.BundleException;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code .manifest} says about a bundle (OPA's documentation, Bundles: Bundle File Format).
 *
 * @param revision empty if there is none
 * @param roots what the bundle owns of {@code data}, each the parts of a path; one empty path is
 *     everything
 * @param versions what it says about the language of the policies
 */
record Manifest(String revision, List<List<String>> roots, ObjectValue versions) {
  private static final List<String> VERSIONS = List.of("rego_version", "file_rego_versions");

  /** Of a bundle without manifest. */
  static final Manifest DEFAULT = new Manifest("", List.of(List.of()), new ObjectValue(0));

  static Manifest of(ObjectValue json) throws BundleException {
    Value revision = json.get("revision");
    Value roots = json.get("roots");
    Manifest manifest =
        new Manifest(
            revision == null ? "" : text(revision, "revision"),
            roots == null ? DEFAULT.roots : roots(roots),
            versions(json));
    manifest.requireDistinctRoots();
    return manifest;
  }

  private static ObjectValue versions(ObjectValue json) {
    ObjectValue versions = new ObjectValue(VERSIONS.size());
    for (String name : VERSIONS) {
      Value value = json.get(name);
      if (value != null) {
        versions.put(name, value);
      }
    }
    return versions;
  }

  private static List<List<String>> roots(Value value) throws BundleException {
    if (!(value instanceof ArrayValue array)) {
      throw new BundleException(".manifest must give roots as a list of strings");
    }
    List<List<String>> roots = new ArrayList<>();
    for (Value root : array.asList()) {
      roots.add(parts(text(root, "roots")));
    }
    return List.copyOf(roots);
  }

  private static String text(Value value, String name) throws BundleException {
    if (value instanceof StringValue string) {
      return string.text();
    }
    throw new BundleException(".manifest must give " + name + " as a string");
  }

  private static List<String> parts(String path) {
    String trimmed = path.replaceAll("^/+|/+$", "");
    return trimmed.isEmpty() ? List.of() : List.of(trimmed.split("/"));
  }

  private void requireDistinctRoots() throws BundleException {
    for (int i = 0; i < roots.size(); i++) {
      for (int j = i + 1; j < roots.size(); j++) {
        if (overlap(roots.get(i), roots.get(j))) {
          throw new BundleException(
              ".manifest gives the roots "
                  + shown(roots.get(i))
                  + " and "
                  + shown(roots.get(j))
                  + ", of which one holds the other; keep one of them");
        }
      }
    }
  }

  /** Whether a path lies below one of the roots. */
  boolean permits(List<String> path) {
    return roots.stream().anyMatch(root -> startsWith(path, root));
  }

  /** Whether a path leads to one of the roots. */
  boolean leadsToRoot(List<String> path) {
    return roots.stream().anyMatch(root -> startsWith(root, path));
  }

  /** Refuses two bundles that own the same. */
  void requireDisjoint(String name, Manifest other, String otherName) throws BundleException {
    for (List<String> root : roots) {
      for (List<String> otherRoot : other.roots) {
        if (overlap(root, otherRoot)) {
          throw new BundleException(
              "the bundles "
                  + name
                  + " and "
                  + otherName
                  + " both own "
                  + shown(root.size() > otherRoot.size() ? root : otherRoot)
                  + "; give them disjoint roots in their .manifest files");
        }
      }
    }
  }

  private static boolean overlap(List<String> a, List<String> b) {
    return startsWith(a, b) || startsWith(b, a);
  }

  private static boolean startsWith(List<String> path, List<String> start) {
    return path.size() >= start.size() && path.subList(0, start.size()).equals(start);
  }

  /** A path as it is written in Rego. */
  static String shown(List<String> path) {
    return path.isEmpty() ? "data" : "data." + String.join(".", path);
  }
}

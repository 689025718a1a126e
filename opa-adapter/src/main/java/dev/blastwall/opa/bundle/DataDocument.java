package dev.blastwall.opa.bundle;

import dev.blastwall.opa.BundleException;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import java.util.ArrayList;
import java.util.List;

/** The document {@code data} while it is put together. */
final class DataDocument {
  private ObjectValue data = new ObjectValue(0);

  boolean isEmpty() {
    return data.size() == 0;
  }

  /** Puts a document under its folder. */
  void mount(List<String> folder, ObjectValue document) throws BundleException {
    ObjectValue mounted = document;
    for (String part : folder.reversed()) {
      mounted = new ObjectValue(1).put(part, mounted);
    }
    data = merge(data, mounted, List.of());
  }

  private static ObjectValue merge(ObjectValue left, ObjectValue right, List<String> path)
      throws BundleException {
    if (left.size() == 0) {
      return right;
    }
    ObjectValue merged = left.copy(right.size());
    for (int i = 0; i < right.size(); i++) {
      Value key = right.keyAt(i);
      Value present = left.get(key);
      merged.put(
          key,
          present == null ? right.valueAt(i) : both(present, right.valueAt(i), below(path, key)));
    }
    return merged;
  }

  private static Value both(Value left, Value right, List<String> path) throws BundleException {
    if (left instanceof ObjectValue below && right instanceof ObjectValue above) {
      return merge(below, above, path);
    }
    throw new BundleException(
        "two data files both give " + BundleArchive.shown(Manifest.shown(path)) + "; keep one");
  }

  private static List<String> below(List<String> path, Value key) {
    List<String> longer = new ArrayList<>(path);
    longer.add(key instanceof StringValue string ? string.text() : key.toString());
    return longer;
  }

  ObjectValue get() {
    return data;
  }

  /** The data, all of which must lie below the roots of its bundle. */
  ObjectValue within(Manifest manifest) throws BundleException {
    requireWithin(manifest, data, List.of());
    return data;
  }

  private static void requireWithin(Manifest manifest, Value value, List<String> path)
      throws BundleException {
    if (manifest.permits(path)) {
      return;
    }
    if (!(value instanceof ObjectValue object) || !manifest.leadsToRoot(path)) {
      throw new BundleException(
          "the bundle holds "
              + BundleArchive.shown(Manifest.shown(path))
              + ", which is not below the roots that its .manifest gives; add it to them, or leave it out");
    }
    for (int i = 0; i < object.size(); i++) {
      requireWithin(manifest, object.valueAt(i), below(path, object.keyAt(i)));
    }
  }
}

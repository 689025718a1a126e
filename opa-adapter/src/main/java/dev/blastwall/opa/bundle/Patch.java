package dev.blastwall.opa.bundle;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.BundleException;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One change of a delta bundle (OPA's documentation, Bundles: Delta Bundle File Format; {@code
 * applyPatches} in {@code v1/bundle/store.go}). What is changed is copied along its path, the rest
 * is shared, so that decisions go on with the data before.
 *
 * @param op what to do
 * @param path where
 * @param value what to put there; null for {@link Op#REMOVE}
 */
record Patch(Op op, List<String> path, @Nullable Value value) {
  /** What to do. */
  enum Op {
    /** Put it there, with the objects that lead there; in an array, before the element. */
    UPSERT,
    /** Put it in the place of what is there. */
    REPLACE,
    /** Take away what is there. */
    REMOVE
  }

  static List<Patch> listOf(ObjectValue json) throws BundleException {
    List<Patch> patches = new ArrayList<>();
    Value list = json.get("data");
    if (!(list instanceof ArrayValue array) || array.size() == 0) {
      throw new BundleException(
          "patch.json holds no list of changes under data; OPA would take it for an empty bundle");
    }
    for (Value patch : array.asList()) {
      patches.add(of(patch));
    }
    return patches;
  }

  private static Patch of(Value json) throws BundleException {
    if (!(json instanceof ObjectValue patch
        && patch.get("op") instanceof StringValue op
        && patch.get("path") instanceof StringValue path)) {
      throw new BundleException("a change in patch.json needs op and path");
    }
    Value value = patch.get("value");
    return switch (op.text()) {
      case "upsert" -> new Patch(Op.UPSERT, parts(path.text()), required(value));
      case "replace" -> new Patch(Op.REPLACE, parts(path.text()), required(value));
      case "remove" -> new Patch(Op.REMOVE, parts(path.text()), null);
      default ->
          throw new BundleException(
              "patch.json has the op "
                  + BundleArchive.shown(op.text())
                  + "; it must be upsert, replace or remove");
    };
  }

  private static Value required(@Nullable Value value) throws BundleException {
    if (value == null) {
      throw new BundleException("a change in patch.json has no value");
    }
    return value;
  }

  /** As OPA reads a path: parts that are URL-encoded, and in them JSON Pointer's escapes. */
  private static List<String> parts(String path) throws BundleException {
    String trimmed = path.replaceAll("^/+|/+$", "");
    try {
      return Arrays.stream(trimmed.split("/"))
          .map(part -> URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8))
          .map(part -> part.replace("~1", "/").replace("~0", "~"))
          .toList();
    } catch (IllegalArgumentException e) {
      throw new BundleException(
          "patch.json has a path that cannot be read: " + BundleArchive.shown(path), e);
    }
  }

  ObjectValue applyTo(ObjectValue data, Manifest manifest) throws BundleException {
    if (!manifest.permits(path)) {
      throw new BundleException(
          "patch.json changes " + where() + ", which is not below the roots of the bundle");
    }
    return (ObjectValue) changed(data, 0);
  }

  private Value changed(@Nullable Value present, int depth) throws BundleException {
    return switch (present) {
      case ObjectValue object -> inObject(object, depth);
      case ArrayValue array -> inArray(array, depth);
      case null, default -> throw missing();
    };
  }

  private Value inObject(ObjectValue object, int depth) throws BundleException {
    String key = path.get(depth);
    Value below = object.get(key);
    if (depth + 1 < path.size()) {
      Value next = below == null && op == Op.UPSERT ? new ObjectValue(1) : below;
      return object.copy(1).put(key, changed(next, depth + 1));
    }
    if (op != Op.UPSERT && below == null) {
      throw missing();
    }
    return value == null ? without(object, key) : object.copy(1).put(key, value);
  }

  private static ObjectValue without(ObjectValue object, String key) {
    ObjectValue rest = new ObjectValue(object.size());
    Value removed = Value.of(key);
    for (int i = 0; i < object.size(); i++) {
      if (!object.keyAt(i).equals(removed)) {
        rest.put(object.keyAt(i), object.valueAt(i));
      }
    }
    return rest;
  }

  private Value inArray(ArrayValue array, int depth) throws BundleException {
    List<Value> elements = new ArrayList<>(array.asList());
    boolean last = depth + 1 == path.size();
    int index = index(path.get(depth), elements.size(), last && op == Op.UPSERT);
    if (!last) {
      elements.set(index, changed(elements.get(index), depth + 1));
    } else if (value == null) {
      elements.remove(index);
    } else if (op == Op.UPSERT) {
      elements.add(index, value);
    } else {
      elements.set(index, value);
    }
    ArrayValue changed = new ArrayValue(elements.size());
    elements.forEach(changed::add);
    return changed;
  }

  private int index(String part, int size, boolean mayAppend) throws BundleException {
    if (mayAppend && part.equals("-")) {
      return size;
    }
    if (part.matches("0|[1-9][0-9]{0,8}")) {
      int index = Integer.parseInt(part);
      if (index < size || mayAppend && index == size) {
        return index;
      }
    }
    throw missing();
  }

  private BundleException missing() {
    return new BundleException(
        "patch.json changes " + where() + ", which is not there; serve a snapshot");
  }

  private String where() {
    return BundleArchive.shown(Manifest.shown(path));
  }
}

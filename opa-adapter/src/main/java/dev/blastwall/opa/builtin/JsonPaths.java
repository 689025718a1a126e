package dev.blastwall.opa.builtin;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.CollectionValue;
import dev.blastwall.opa.NullValue;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.SetValue;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parts of documents by JSON pointers (RFC 6901) or arrays of keys. The paths are first folded into
 * one object, in which null stands where a path ends.
 */
final class JsonPaths {
  private JsonPaths() {}

  static void register(Builtins.Registry registry) {
    registry.binary(
        "json.remove",
        (context, object, paths) -> {
          Operands.object(object, 1);
          return without(object, folded(paths));
        });
    registry.binary(
        "json.filter", (context, object, paths) -> only(Operands.object(object, 1), folded(paths)));
    registry.binary("json.patch", JsonPatch::apply);
  }

  private static ObjectValue folded(Value paths) {
    CollectionValue all =
        switch (paths) {
          case ArrayValue array -> array;
          case SetValue set -> set;
          default -> throw Operands.wrongType(2, paths, "set", "array");
        };
    ObjectValue root = new ObjectValue(all.size());
    for (int i = 0; i < all.size(); i++) {
      add(root, path(all.sortedValueAt(i)));
    }
    return root;
  }

  /** The keys of a path; a pointer may lack its first slash. */
  static List<Value> path(Value path) {
    return switch (path) {
      case StringValue string -> pointer(string.text());
      case ArrayValue array -> array.asList();
      default ->
          throw Operands.wrong(
              2,
              "must be one of {set, array} containing string paths or array of path segments but got "
                  + path.type().regoName());
    };
  }

  private static List<Value> pointer(String pointer) {
    if (pointer.isEmpty()) {
      return List.of();
    }
    int start = 0;
    while (pointer.startsWith("/", start)) {
      start++;
    }
    List<Value> keys = new ArrayList<>();
    for (String part : pointer.substring(start).split("/", -1)) {
      keys.add(Value.of(part.replace("~1", "/").replace("~0", "~")));
    }
    return keys;
  }

  private static void add(ObjectValue root, List<Value> path) {
    ObjectValue node = root;
    for (int i = 0; i < path.size() - 1; i++) {
      Value child = node.get(path.get(i));
      if (child == NullValue.NULL) {
        return;
      }
      if (child == null) {
        child = new ObjectValue(1);
        node.put(path.get(i), child);
      }
      node = (ObjectValue) child;
    }
    if (!path.isEmpty()) {
      node.put(path.getLast(), NullValue.NULL);
    }
  }

  /** The value without what the paths name; null if nothing is left. */
  private static @Nullable Value without(Value value, @Nullable Value paths) {
    if (paths == NullValue.NULL) {
      return null;
    }
    if (!(paths instanceof ObjectValue below) || !(value instanceof CollectionValue collection)) {
      return value;
    }
    Builder rest = new Builder(collection);
    for (int i = 0; i < collection.size(); i++) {
      rest.add(i, without(collection.valueAt(i), below.get(rest.key(i))));
    }
    return rest.built;
  }

  /** The value with nothing but what the paths name. */
  private static Value only(Value value, Value paths) {
    if (!(paths instanceof ObjectValue below) || !(value instanceof CollectionValue collection)) {
      return value;
    }
    Builder kept = new Builder(collection);
    for (int i = 0; i < collection.size(); i++) {
      Value inner = below.get(kept.key(i));
      kept.add(i, inner == null ? null : only(collection.valueAt(i), inner));
    }
    return kept.built;
  }

  /** Makes a collection of the same type from some members of another. */
  private static final class Builder {
    private final CollectionValue source;
    private final CollectionValue built;

    Builder(CollectionValue source) {
      this.source = source;
      this.built =
          switch (source) {
            case ArrayValue array -> new ArrayValue(array.size());
            case SetValue set -> new SetValue(set.size());
            case ObjectValue object -> new ObjectValue(object.size());
          };
    }

    /** What a path calls the member at a position: an index of an array is a text. */
    Value key(int position) {
      return source instanceof ArrayValue
          ? Value.of(Integer.toString(position))
          : source.keyAt(position);
    }

    void add(int position, @Nullable Value value) {
      if (value != null) {
        switch (built) {
          case ArrayValue array -> array.add(value);
          case SetValue set -> set.add(value);
          case ObjectValue object -> object.put(source.keyAt(position), value);
        }
      }
    }
  }
}

package dev.blastwall.opa.builtin;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.CollectionValue;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.SetValue;
import dev.blastwall.opa.Value;
import org.jspecify.annotations.Nullable;

/** Objects. */
final class Objects {
  private Objects() {}

  static void register(Builtins.Registry registry) {
    registry.ternary(
        "object.get",
        (context, object, key, missing) -> get(Operands.object(object, 1), key, missing));
    registry.unary("object.keys", (context, object) -> keys(Operands.object(object, 1)));
    registry.binary(
        "object.union", (context, a, b) -> union(Operands.object(a, 1), Operands.object(b, 2)));
    registry.unary("object.union_n", (context, array) -> unionAll(Operands.array(array, 1)));
    registry.binary(
        "object.remove",
        (context, object, keys) -> select(Operands.object(object, 1), keys, false));
    registry.binary(
        "object.filter", (context, object, keys) -> select(Operands.object(object, 1), keys, true));
  }

  private static Value get(ObjectValue object, Value key, Value missing) {
    Value found = key instanceof ArrayValue path ? walk(object, path) : object.get(key);
    return found == null ? missing : found;
  }

  private static @Nullable Value walk(Value start, ArrayValue path) {
    Value current = start;
    for (int i = 0; i < path.size() && current != null; i++) {
      current = member(current, path.get(i));
    }
    return current;
  }

  /** What stands under a key in any collection. */
  static @Nullable Value member(Value value, Value key) {
    return switch (value) {
      case ObjectValue object -> object.get(key);
      case ArrayValue array -> array.find(key);
      case SetValue set -> set.find(key);
      default -> null;
    };
  }

  private static Value keys(ObjectValue object) {
    SetValue keys = new SetValue(object.size());
    for (int i = 0; i < object.size(); i++) {
      keys.add(object.keyAt(i));
    }
    return keys;
  }

  private static ObjectValue union(ObjectValue a, ObjectValue b) {
    ObjectValue union = a.copy(b.size());
    for (int i = 0; i < b.size(); i++) {
      Value key = b.keyAt(i);
      Value value = b.valueAt(i);
      union.put(
          key,
          a.get(key) instanceof ObjectValue left && value instanceof ObjectValue right
              ? union(left, right)
              : value);
    }
    return union;
  }

  private static Value unionAll(ArrayValue array) {
    ObjectValue union = new ObjectValue(0);
    for (Value element : array.asList()) {
      if (!(element instanceof ObjectValue object)) {
        throw Operands.wrongElement(1, array, element, "object");
      }
      union = union(union, object);
    }
    return union;
  }

  private static Value select(ObjectValue object, Value keys, boolean keep) {
    SetValue wanted = keySet(keys);
    ObjectValue selected = new ObjectValue(object.size());
    for (int i = 0; i < object.size(); i++) {
      if (wanted.contains(object.keyAt(i)) == keep) {
        selected.put(object.keyAt(i), object.valueAt(i));
      }
    }
    return selected;
  }

  private static SetValue keySet(Value keys) {
    return switch (keys) {
      case SetValue set -> set;
      case ObjectValue object -> (SetValue) keys(object);
      case CollectionValue array -> {
        SetValue set = new SetValue(array.size());
        for (int i = 0; i < array.size(); i++) {
          set.add(array.valueAt(i));
        }
        yield set;
      }
      default -> throw Operands.wrongType(2, keys, "object", "set", "array");
    };
  }
}

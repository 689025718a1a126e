package dev.blastwall.opa.builtin;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.CollectionValue;
import dev.blastwall.opa.NumberValue;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.SetValue;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code json.patch}: JSON Patch (RFC 6902), and sets as OPA adds them, whose members are their own
 * keys. Each operation copies the collections on its path.
 */
final class JsonPatch {
  /** What an operation does to the collection that its path ends in. */
  @FunctionalInterface
  private interface Edit {
    Value apply(Value parent, Value key);
  }

  private final EvaluationContext context;
  private @Nullable Value document;

  private JsonPatch(EvaluationContext context, Value document) {
    this.context = context;
    this.document = document;
  }

  static @Nullable Value apply(EvaluationContext context, Value document, Value operations) {
    JsonPatch patch = new JsonPatch(context, document);
    for (Value operation : Operands.array(operations, 2).asList()) {
      if (!(operation instanceof ObjectValue object)) {
        throw BuiltinFailure.failed(
            "must be an array of JSON-Patch objects, but at least one element is not an object");
      }
      patch.apply(object);
    }
    return patch.document;
  }

  private void apply(ObjectValue operation) {
    Value path = attribute(operation, "path");
    Value op = attribute(operation, "op");
    if (!(op instanceof StringValue name)) {
      throw BuiltinFailure.failed(
          "attribute 'op' must be a string but found: " + op.type().regoName());
    }
    List<Value> at = JsonPaths.path(path);
    switch (name.text()) {
      case "add" -> add(at, attribute(operation, "value"));
      case "remove" -> remove(at);
      case "replace" -> {
        remove(at);
        add(at, attribute(operation, "value"));
      }
      case "move" -> {
        List<Value> from = JsonPaths.path(attribute(operation, "from"));
        Value moved = find(from);
        remove(from);
        add(at, moved);
      }
      case "copy" -> add(at, find(JsonPaths.path(attribute(operation, "from"))));
      case "test" -> test(find(at), attribute(operation, "value"));
      default -> throw BuiltinFailure.failed("unrecognized op: '" + name.text() + "'");
    }
  }

  private static Value attribute(ObjectValue operation, String name) {
    Value value = operation.get(name);
    if (value == null) {
      throw BuiltinFailure.failed("missing required attribute '" + name + "'");
    }
    return value;
  }

  private static void test(Value found, Value wanted) {
    if (!found.equals(wanted)) {
      throw BuiltinFailure.failed(
          "value from EditTree != patch value.\n\nExpected: "
              + RegoText.of(wanted)
              + "\n\nFound: "
              + RegoText.of(found));
    }
  }

  private Value find(List<Value> path) {
    Value value = present();
    for (Value key : path) {
      value = member(value, key);
    }
    return value;
  }

  private Value present() {
    if (document == null) {
      throw BuiltinFailure.failed("deleted node encountered");
    }
    return document;
  }

  private void add(List<Value> path, Value value) {
    document =
        path.isEmpty() ? value : edit(present(), path, (parent, key) -> insert(parent, key, value));
  }

  private void remove(List<Value> path) {
    Value root = present();
    document = path.isEmpty() ? null : edit(root, path, this::delete);
  }

  private Value edit(Value value, List<Value> path, Edit edit) {
    Value key = path.getFirst();
    if (path.size() == 1) {
      return edit.apply(value, key);
    }
    Value inner = member(value, key);
    Value edited = edit(inner, path.subList(1, path.size()), edit);
    return replace(value, key, inner, edited);
  }

  private static Value member(Value value, Value key) {
    Value found =
        switch (value) {
          case ArrayValue array -> {
            int index = index(key, array.size());
            yield index >= 0 && index < array.size() ? array.get(index) : null;
          }
          case CollectionValue collection -> Objects.member(collection, key);
          default -> throw notComposite(value);
        };
    if (found == null) {
      throw BuiltinFailure.failed(
          "path "
              + RegoText.of(key)
              + " does not exist in "
              + value.type().regoName()
              + " term "
              + RegoText.of(value));
    }
    return found;
  }

  private static BuiltinFailure notComposite(Value value) {
    return BuiltinFailure.failed("expected composite type, found value: " + RegoText.of(value));
  }

  private Value replace(Value value, Value key, Value old, Value with) {
    return switch (value) {
      case ArrayValue array -> splice(array, index(key, array.size()), 1, with);
      case ObjectValue object -> copy(object).put(key, with);
      case SetValue set -> copyWithout(set, old).add(with);
      default -> throw notComposite(value);
    };
  }

  private Value insert(Value value, Value key, Value inserted) {
    return switch (value) {
      case ArrayValue array -> {
        int index = index(key, array.size());
        if (index < 0 || index > array.size()) {
          throw BuiltinFailure.failed("index for array insertion out of bounds");
        }
        yield splice(array, index, 0, inserted);
      }
      case ObjectValue object -> copy(object).put(key, inserted);
      case SetValue set when key.equals(inserted) -> copyWithout(set, inserted).add(inserted);
      case SetValue set ->
          throw BuiltinFailure.failed(
              "set key "
                  + RegoText.of(key)
                  + " does not equal value to be inserted "
                  + RegoText.of(inserted));
      default -> throw notComposite(value);
    };
  }

  private Value delete(Value value, Value key) {
    if (value instanceof ArrayValue array) {
      int index = index(key, array.size());
      if (index < 0 || index >= array.size()) {
        throw BuiltinFailure.failed("index for array delete out of bounds");
      }
      return splice(array, index, 1, null);
    }
    if (!(value instanceof CollectionValue collection)) {
      throw notComposite(value);
    }
    if (Objects.member(collection, key) == null) {
      throw BuiltinFailure.failed(
          "cannot delete child key " + RegoText.of(key) + " that does not exist");
    }
    return collection instanceof SetValue set
        ? copyWithout(set, key)
        : copyWithout((ObjectValue) collection, key);
  }

  private ArrayValue splice(ArrayValue array, int index, int removed, @Nullable Value inserted) {
    ArrayValue result = new ArrayValue(array.size() + 1);
    for (int i = 0; i < index; i++) {
      context.tick();
      result.add(array.get(i));
    }
    if (inserted != null) {
      result.add(inserted);
    }
    for (int i = index + removed; i < array.size(); i++) {
      context.tick();
      result.add(array.get(i));
    }
    return result;
  }

  private ObjectValue copy(ObjectValue object) {
    context.allocate(16L * object.size());
    return object.copy(1);
  }

  private ObjectValue copyWithout(ObjectValue object, Value key) {
    ObjectValue copy = new ObjectValue(object.size());
    for (int i = 0; i < object.size(); i++) {
      context.tick();
      if (!object.keyAt(i).equals(key)) {
        copy.put(object.keyAt(i), object.valueAt(i));
      }
    }
    return copy;
  }

  private SetValue copyWithout(SetValue set, Value member) {
    SetValue copy = new SetValue(set.size() + 1);
    for (int i = 0; i < set.size(); i++) {
      context.tick();
      if (!set.valueAt(i).equals(member)) {
        copy.add(set.valueAt(i));
      }
    }
    return copy;
  }

  /** The index that a key names; a dash is the one behind the last. */
  private static int index(Value key, int size) {
    return switch (key) {
      case NumberValue number when number.isLong() -> Math.clamp(number.longValue(), -1, 1 << 30);
      case NumberValue number -> throw BuiltinFailure.failed("invalid number type for indexing");
      case StringValue string -> index(string.text(), size);
      default -> throw BuiltinFailure.failed("invalid type for indexing");
    };
  }

  private static int index(String text, int size) {
    if (text.equals("-")) {
      return size;
    }
    if (!text.matches("-?[0-9]{1,9}")) {
      throw BuiltinFailure.failed("invalid string for indexing");
    }
    if (!text.equals("0") && text.startsWith("0")) {
      throw BuiltinFailure.failed("leading zeros are not allowed in JSON paths");
    }
    return Integer.parseInt(text);
  }
}

package dev.blastwall.opa.plan;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.BooleanValue;
import dev.blastwall.opa.BundleException;
import dev.blastwall.opa.NumberValue;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An object of {@code plan.json}, with typed access; Go writes an empty list as null. */
record Node(ObjectValue object) {
  static Node of(@Nullable Value value, String what) throws BundleException {
    if (value instanceof ObjectValue object) {
      return new Node(object);
    }
    throw malformed(what + " must be an object");
  }

  static BundleException malformed(String problem) {
    return new BundleException(
        "the plan is not one of OPA's: "
            + problem
            + "; build the bundle again with opa build -t plan");
  }

  Node node(String key) throws BundleException {
    return of(object.get(key), key);
  }

  boolean has(String key) {
    return object.get(key) instanceof ObjectValue || object.get(key) instanceof ArrayValue;
  }

  String text(String key) throws BundleException {
    if (object.get(key) instanceof StringValue string) {
      return string.text();
    }
    throw malformed(key + " must be a string");
  }

  boolean bool(String key) throws BundleException {
    if (object.get(key) instanceof BooleanValue bool) {
      return bool == BooleanValue.TRUE;
    }
    throw malformed(key + " must be a boolean");
  }

  long integer(String key) throws BundleException {
    if (object.get(key) instanceof NumberValue number && number.isLong()) {
      return number.longValue();
    }
    throw malformed(key + " must be an integer");
  }

  /** A number that names a local, string or block. */
  int index(String key) throws BundleException {
    return index(object.get(key), key);
  }

  int indexOr(String key, int otherwise) throws BundleException {
    return object.get(key) == null ? otherwise : index(key);
  }

  static int index(@Nullable Value value, String what) throws BundleException {
    if (value instanceof NumberValue number
        && number.isLong()
        && number.longValue() >= 0
        && number.longValue() <= 1_000_000) {
      return (int) number.longValue();
    }
    throw malformed(what + " must be an index");
  }

  List<Value> list(String key) throws BundleException {
    Value value = object.get(key);
    if (value instanceof ArrayValue array) {
      return array.asList();
    }
    if (value == null || value.type() == Value.Type.NULL) {
      return List.of();
    }
    throw malformed(key + " must be an array");
  }
}

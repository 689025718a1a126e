package dev.blastwall.authoring;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.Json;
import dev.blastwall.opa.NumberValue;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The fields of a record; one that is not there, or is something else, is an {@link IOException}.
 */
record Fields(ObjectValue object) {

  static Fields read(byte[] json) throws IOException {
    return of(Json.read(json));
  }

  private static Fields of(Value value) throws IOException {
    if (value instanceof ObjectValue object) {
      return new Fields(object);
    }
    throw new IOException("the record holds no object where one must be");
  }

  boolean has(String name) {
    return object.get(name) != null;
  }

  Value member(String name) throws IOException {
    Value value = object.get(name);
    if (value == null) {
      throw new IOException("the record has no " + name);
    }
    return value;
  }

  Fields object(String name) throws IOException {
    return of(member(name));
  }

  List<Fields> objects(String name) throws IOException {
    if (!(member(name) instanceof ArrayValue array)) {
      throw new IOException("the record's " + name + " is no array");
    }
    List<Fields> objects = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      objects.add(of(array.valueAt(i)));
    }
    return objects;
  }

  String text(String name) throws IOException {
    if (member(name) instanceof StringValue text) {
      return text.text();
    }
    throw new IOException("the record's " + name + " is no text");
  }

  long number(String name) throws IOException {
    if (member(name) instanceof NumberValue number && number.isLong()) {
      return number.longValue();
    }
    throw new IOException("the record's " + name + " is no whole number");
  }

  /** A new object of those of {@code names} that are there. */
  ObjectValue only(List<String> names) {
    ObjectValue some = new ObjectValue(names.size());
    for (String name : names) {
      Value value = object.get(name);
      if (value != null) {
        some.put(name, value);
      }
    }
    return some;
  }
}

package dev.blastwall.policy;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.BooleanValue;
import dev.blastwall.opa.NumberValue;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An object that policy answered, with its place in the answer for error messages.
 *
 * @param path where it stands
 * @param value what stands there
 */
record Document(String path, Value value) {

  boolean has(String name) {
    return value instanceof ObjectValue object && object.get(name) != null;
  }

  String text(String name) throws MalformedDecisionException {
    if (member(name) instanceof StringValue text) {
      return text.text();
    }
    throw malformed(name, "must be a text");
  }

  int number(String name) throws MalformedDecisionException {
    if (member(name) instanceof NumberValue number
        && number.isLong()
        && number.longValue() >= 0
        && number.longValue() <= Integer.MAX_VALUE) {
      return (int) number.longValue();
    }
    throw malformed(name, "must be a whole number that is not negative");
  }

  Document object(String name) throws MalformedDecisionException {
    if (member(name) instanceof ObjectValue object) {
      return new Document(path + "." + name, object);
    }
    throw malformed(name, "must be an object");
  }

  List<Document> objects(String name) throws MalformedDecisionException {
    List<Document> objects = new ArrayList<>();
    for (Value element : array(name)) {
      objects.add(new Document(path + "." + name + "[" + objects.size() + "]", element));
    }
    return objects;
  }

  List<String> texts(String name) throws MalformedDecisionException {
    List<String> texts = new ArrayList<>();
    for (Value element : array(name)) {
      if (!(element instanceof StringValue text)) {
        throw malformed(name, "must be texts");
      }
      texts.add(text.text());
    }
    return texts;
  }

  boolean flag(String name) throws MalformedDecisionException {
    if (member(name) instanceof BooleanValue flag) {
      return flag.equals(BooleanValue.TRUE);
    }
    throw malformed(name, "must be true or false");
  }

  boolean isEmpty() {
    return value instanceof ObjectValue object && object.size() == 0;
  }

  /** A limit under a name that nobody knows must not count for nothing. */
  void requireKnown(Set<String> names) throws MalformedDecisionException {
    int known = 0;
    for (String name : names) {
      known += has(name) ? 1 : 0;
    }
    if (!(value instanceof ObjectValue object) || object.size() != known) {
      throw new MalformedDecisionException(path + " may only have " + new TreeSet<>(names));
    }
  }

  MalformedDecisionException malformed(String name, String problem) {
    return new MalformedDecisionException(path + "." + name + " " + problem);
  }

  private List<Value> array(String name) throws MalformedDecisionException {
    if (member(name) instanceof ArrayValue array) {
      return array.asList();
    }
    throw malformed(name, "must be an array");
  }

  private @Nullable Value member(String name) throws MalformedDecisionException {
    if (value instanceof ObjectValue object) {
      return object.get(name);
    }
    throw new MalformedDecisionException(path + " must be an object");
  }
}

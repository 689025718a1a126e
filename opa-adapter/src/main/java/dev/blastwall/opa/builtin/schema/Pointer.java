package dev.blastwall.opa.builtin.schema;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.Value;
import java.util.regex.Pattern;

/** JSON Pointers (RFC 6901) as fragments of references. */
final class Pointer {
  private static final Pattern INDEX = Pattern.compile("[+-]?[0-9]{1,9}");

  private Pointer() {}

  /** What it points at; a fragment that is no pointer counts as one to the whole document. */
  static Value find(Value document, String pointer) {
    if (!pointer.startsWith("/")) {
      return document;
    }
    Value found = document;
    for (String token : pointer.substring(1).split("/", -1)) {
      found = step(found, token);
    }
    return found;
  }

  private static Value step(Value from, String token) {
    return switch (from) {
      case ObjectValue object -> member(object, token.replace("~1", "/").replace("~0", "~"));
      case ArrayValue array -> element(array, token);
      default -> throw new SchemaException("Invalid token reference '" + token + "'");
    };
  }

  private static Value member(ObjectValue object, String key) {
    Value member = object.get(key);
    if (member == null) {
      throw new SchemaException("Object has no key '" + key + "'");
    }
    return member;
  }

  private static Value element(ArrayValue array, String token) {
    if (!INDEX.matcher(token).matches()) {
      throw new SchemaException("Invalid array index '" + token + "'");
    }
    int index = Integer.parseInt(token);
    if (index < 0 || index >= array.size()) {
      throw new SchemaException("Out of bound array[0," + array.size() + "] index '" + index + "'");
    }
    return array.get(index);
  }
}

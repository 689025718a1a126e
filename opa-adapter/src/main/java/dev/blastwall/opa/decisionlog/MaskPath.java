package dev.blastwall.opa.decisionlog;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where in an event a mask does something, for instance {@code /input/command/text}. It never
 * changes what it is applied to, since that is also what the client was answered with.
 *
 * @param parts at least one; the first is one of {@link EventDocument#CONTENT}
 */
record MaskPath(List<String> parts) {
  private static final Pattern BROKEN_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");
  private static final Pattern INDEX = Pattern.compile("[+-]?[0-9]{1,9}");

  /** What Go's {@code url.PathEscape} leaves as it is. */
  private static final String PLAIN = "-_.~$&+:=@";

  /**
   * The place that a text names.
   *
   * @throws IllegalArgumentException when it names none that may be masked
   */
  static MaskPath parse(String text) {
    if (!text.startsWith("/")) {
      throw new IllegalArgumentException("the path of a mask must begin with a slash");
    }
    List<String> parts = List.of(text.substring(1).split("/", -1));
    if (!EventDocument.CONTENT.contains(parts.getFirst())) {
      throw new IllegalArgumentException(
          "the path of a mask must begin with /input, /result or /nd_builtin_cache");
    }
    if (BROKEN_ESCAPE.matcher(text).find()) {
      throw new IllegalArgumentException("the path of a mask has a % that escapes nothing");
    }
    return new MaskPath(parts);
  }

  /** The document without this place; null when there is no such place in it. */
  @Nullable Value removedFrom(Value document) {
    return removed(document, 0);
  }

  private @Nullable Value removed(Value node, int depth) {
    Value child = child(node, parts.get(depth));
    if (child == null) {
      return null;
    }
    if (depth == parts.size() - 1) {
      return without(node, parts.get(depth));
    }
    Value changed = removed(child, depth + 1);
    return changed == null ? null : with(node, parts.get(depth), changed);
  }

  /** The document with a value at this place; null when it cannot have one. */
  @Nullable Value upsertedInto(ObjectValue document, Value value) {
    return document.get(parts.getFirst()) == null ? null : upserted(document, 0, value);
  }

  private @Nullable Value upserted(Value node, int depth, Value value) {
    String part = parts.get(depth);
    if (depth == parts.size() - 1) {
      return with(node, part, value);
    }
    Value child = child(node, part);
    Value below = child == null && node instanceof ObjectValue ? new ObjectValue(1) : child;
    Value changed = below == null ? null : upserted(below, depth + 1, value);
    return changed == null ? null : with(node, part, changed);
  }

  private static @Nullable Value child(Value node, String part) {
    if (node instanceof ObjectValue object) {
      return object.get(part);
    }
    if (node instanceof ArrayValue array) {
      int index = index(array, part);
      return index < 0 ? null : array.get(index);
    }
    return null;
  }

  /** The index that a part gives, as Go's {@code strconv.Atoi} does; -1 when it is none here. */
  private static int index(ArrayValue array, String part) {
    int index = INDEX.matcher(part).matches() ? Integer.parseInt(part) : -1;
    return index < array.size() ? index : -1;
  }

  private static @Nullable Value with(Value node, String part, Value value) {
    if (node instanceof ObjectValue object) {
      return object.copy(1).put(part, value);
    }
    if (node instanceof ArrayValue array) {
      int index = index(array, part);
      return index < 0 ? null : spliced(array, index, value);
    }
    return null;
  }

  private static Value without(Value node, String part) {
    return node instanceof ArrayValue array
        ? spliced(array, index(array, part), null)
        : without((ObjectValue) node, new StringValue(part));
  }

  private static Value without(ObjectValue object, StringValue key) {
    ObjectValue rest = new ObjectValue(object.size());
    for (int i = 0; i < object.size(); i++) {
      if (!object.keyAt(i).equals(key)) {
        rest.put(object.keyAt(i), object.valueAt(i));
      }
    }
    return rest;
  }

  private static ArrayValue spliced(ArrayValue array, int index, @Nullable Value value) {
    ArrayValue changed = new ArrayValue(array.size());
    for (int i = 0; i < array.size(); i++) {
      Value element = i == index ? value : array.get(i);
      if (element != null) {
        changed.add(element);
      }
    }
    return changed;
  }

  /** The path as {@code erased} and {@code masked} list it: each part percent-encoded. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    parts.forEach(part -> escape(part, text.append('/')));
    return text.toString();
  }

  private static void escape(String part, StringBuilder out) {
    for (byte b : part.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
      if (letter || PLAIN.indexOf(c) >= 0) {
        out.append(c);
      } else {
        out.append('%').append(String.format("%02X", (int) c));
      }
    }
  }
}

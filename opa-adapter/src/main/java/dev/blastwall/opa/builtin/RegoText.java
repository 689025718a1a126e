package dev.blastwall.opa.builtin;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.BooleanValue;
import dev.blastwall.opa.CollectionValue;
import dev.blastwall.opa.NullValue;
import dev.blastwall.opa.NumberValue;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.SetValue;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;

/**
 * Values as Rego source, which is how OPA puts them into texts ({@code String()} in {@code
 * v1/ast/term.go}).
 */
final class RegoText {
  private RegoText() {}

  /** A string as it is, anything else as Rego source. */
  static String plain(Value value) {
    return value instanceof StringValue string ? string.text() : of(value);
  }

  static String of(Value value) {
    StringBuilder out = new StringBuilder();
    write(value, out);
    return out.toString();
  }

  private static void write(Value value, StringBuilder out) {
    switch (value) {
      case StringValue string -> quote(string.text(), out);
      case ArrayValue array -> elements(array, '[', ']', out);
      case SetValue set when set.size() == 0 -> out.append("set()");
      case SetValue set -> elements(set, '{', '}', out);
      case ObjectValue object -> members(object, out);
      case NullValue ignored -> out.append("null");
      case BooleanValue bool -> out.append(bool);
      case NumberValue number -> out.append(number);
    }
  }

  private static void elements(CollectionValue values, char open, char close, StringBuilder out) {
    out.append(open);
    for (int i = 0; i < values.size(); i++) {
      out.append(i == 0 ? "" : ", ");
      write(values.sortedValueAt(i), out);
    }
    out.append(close);
  }

  private static void members(ObjectValue object, StringBuilder out) {
    out.append('{');
    for (int i = 0; i < object.size(); i++) {
      out.append(i == 0 ? "" : ", ");
      write(object.sortedKeyAt(i), out);
      out.append(": ");
      write(object.sortedValueAt(i), out);
    }
    out.append('}');
  }

  /** As Go's {@code %q}. */
  static String quoted(String text) {
    StringBuilder out = new StringBuilder();
    quote(text, out);
    return out.toString();
  }

  /** As Go's {@code strconv.Quote}. */
  static void quote(String text, StringBuilder out) {
    out.append('"');
    text.codePoints().forEach(point -> quote(point, out));
    out.append('"');
  }

  private static void quote(int point, StringBuilder out) {
    int named = "\u0007\b\f\n\r\t\u000b\"\\".indexOf(point);
    if (named >= 0) {
      out.append('\\').append("abfnrtv\"\\".charAt(named));
    } else if (isPrintable(point)) {
      out.appendCodePoint(point);
    } else if (point < ' ' || point == 0x7f) {
      out.append(String.format("\\x%02x", point));
    } else {
      out.append(String.format(point < 0x10000 ? "\\u%04x" : "\\U%08x", point));
    }
  }

  static boolean isPrintable(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> point == ' ';
      default -> true;
    };
  }
}

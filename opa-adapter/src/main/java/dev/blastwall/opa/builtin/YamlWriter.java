package dev.blastwall.opa.builtin;

import dev.blastwall.opa.CollectionValue;
import dev.blastwall.opa.Json;
import dev.blastwall.opa.NumberValue;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import java.util.Set;
import java.util.regex.Pattern;

/** Writes YAML in blocks that are indented by two, as OPA does with Go's {@code yaml.v3}. */
final class YamlWriter {
  /** What YAML 1.1 took for a boolean: quoted, so that older readers see a text. */
  private static final Set<String> OLD_BOOLEANS =
      Set.of(
          "y", "Y", "yes", "Yes", "YES", "on", "On", "ON", "n", "N", "no", "No", "NO", "off", "Off",
          "OFF");

  private static final Pattern BASE_60 =
      Pattern.compile("[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\\.[0-9_]*)?");

  /** What a plain scalar must not begin with, contain or end with. */
  private static final Pattern NOT_PLAIN =
      Pattern.compile(
          "[#,\\[\\]{}&*!|>'\"%@`].*|[-?:]|[-?:] .*|---.*|\\.\\.\\..*|.*: .*|.*:|.* #.*| .*|.* ");

  private static final Pattern TIMESTAMP =
      Pattern.compile("[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ].*)?");

  private final StringBuilder out = new StringBuilder();

  private YamlWriter() {}

  static String write(Value value) {
    YamlWriter writer = new YamlWriter();
    writer.value(value, 0);
    return writer.out.append(writer.out.toString().endsWith("\n") ? "" : "\n").toString();
  }

  private void value(Value value, int indent) {
    switch (value) {
      case CollectionValue empty when empty.size() == 0 ->
          out.append(empty instanceof ObjectValue ? "{}" : "[]");
      case ObjectValue object -> members(object, indent);
      case CollectionValue elements -> elements(elements, indent);
      case StringValue string -> text(string.text(), indent);
      case NumberValue number -> out.append(number(number));
      default -> out.append(value);
    }
  }

  private static String number(NumberValue number) {
    return number.isInteger() && !number.toString().matches(".*[.eE].*")
        ? number.toString()
        : GoFloat.format(Math.abs(number.toDecimal().doubleValue()), 'g', -1)
            .transform(text -> number.signum() < 0 ? "-" + text : text);
  }

  private void members(ObjectValue object, int indent) {
    for (int i = 0; i < object.size(); i++) {
      line(i, indent);
      Value key = object.sortedKeyAt(i);
      text(key instanceof StringValue string ? string.text() : Json.write(key), indent);
      out.append(':');
      Value member = object.sortedValueAt(i);
      if (member instanceof CollectionValue collection && collection.size() > 0) {
        out.append('\n').repeat(' ', indent + 2);
      } else {
        out.append(' ');
      }
      value(member, indent + 2);
    }
  }

  private void elements(CollectionValue elements, int indent) {
    for (int i = 0; i < elements.size(); i++) {
      line(i, indent);
      out.append("- ");
      value(elements.sortedValueAt(i), indent + 2);
    }
  }

  /** The first member stands where its parent put it. */
  private void line(int position, int indent) {
    if (position > 0) {
      out.append(out.charAt(out.length() - 1) == '\n' ? "" : "\n").repeat(' ', indent);
    }
  }

  private void text(String text, int indent) {
    if (text.chars().anyMatch(c -> (c < ' ' && c != '\n') || c == 0x7f || c == '\ufeff')) {
      out.append(Json.write(Value.of(text)));
    } else if (text.indexOf('\n') >= 0) {
      literal(text, indent);
    } else if (mustBeQuoted(text)) {
      out.append(Json.write(Value.of(text)));
    } else if (NOT_PLAIN.matcher(text).matches()) {
      out.append('\'').append(text.replace("'", "''")).append('\'');
    } else {
      out.append(text);
    }
  }

  private static boolean mustBeQuoted(String text) {
    return !YamlScalars.isText(text)
        || OLD_BOOLEANS.contains(text)
        || BASE_60.matcher(text).matches()
        || TIMESTAMP.matcher(text).matches();
  }

  private void literal(String text, int indent) {
    out.append('|');
    out.append(text.startsWith(" ") || text.startsWith("\n") ? "2" : "");
    out.append(text.endsWith("\n\n") || text.equals("\n") ? "+" : text.endsWith("\n") ? "" : "-");
    String[] lines = text.split("\n", -1);
    int count = text.endsWith("\n") ? lines.length - 1 : lines.length;
    int deeper = Math.max(2, indent);
    for (int i = 0; i < count; i++) {
      out.append('\n');
      if (!lines[i].isEmpty()) {
        out.repeat(' ', deeper).append(lines[i]);
      }
    }
    out.append(text.endsWith("\n") ? "\n" : "");
  }
}

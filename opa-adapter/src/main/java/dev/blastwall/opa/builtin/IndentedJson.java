package dev.blastwall.opa.builtin;

import dev.blastwall.opa.BooleanValue;
import dev.blastwall.opa.CollectionValue;
import dev.blastwall.opa.Json;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;

/** {@code json.marshal_with_options}: JSON on several lines, as Go's {@code MarshalIndent}. */
final class IndentedJson {
  private final EvaluationContext context;
  private final String prefix;
  private final String indent;
  private final StringBuilder out = new StringBuilder();

  private IndentedJson(EvaluationContext context, String prefix, String indent) {
    this.context = context;
    this.prefix = prefix;
    this.indent = indent;
  }

  static String write(EvaluationContext context, Value value, ObjectValue options) {
    String prefix = "";
    String indent = "\t";
    boolean isPretty = options.get("prefix") != null || options.get("indent") != null;
    for (int i = 0; i < options.size(); i++) {
      String key = key(options.keyAt(i), i);
      Value option = options.valueAt(i);
      switch (key) {
        case "prefix" -> prefix = text(key, option, i);
        case "indent" -> indent = text(key, option, i);
        case "pretty" -> isPretty = bool(key, option);
        default -> throw Operands.wrong(2, "object contained unknown key " + RegoText.quoted(key));
      }
    }
    if (!isPretty) {
      return Encodings.goJson(value);
    }
    IndentedJson json = new IndentedJson(context, prefix, indent);
    json.out.append(prefix);
    json.write(value, 0);
    return json.out.toString();
  }

  private static String key(Value key, int index) {
    if (key instanceof StringValue string) {
      return string.text();
    }
    throw Operands.wrong(
        2,
        "failed to stringify key "
            + RegoText.of(key)
            + " at index "
            + index
            + ": operand "
            + index
            + " must be string but got "
            + key.type().regoName());
  }

  private static String text(String key, Value option, int index) {
    if (option instanceof StringValue string) {
      return string.text();
    }
    throw Operands.wrong(
        2,
        "key "
            + RegoText.quoted(key)
            + " failed cast to string: operand "
            + index
            + " must be string but got "
            + option.type().regoName());
  }

  private static boolean bool(String key, Value option) {
    if (option instanceof BooleanValue) {
      return option == BooleanValue.TRUE;
    }
    throw Operands.wrong(2, "key " + RegoText.quoted(key) + " failed cast to bool");
  }

  private void write(Value value, int depth) {
    if (!(value instanceof CollectionValue collection)) {
      out.append(Encodings.goJson(value));
      return;
    }
    boolean isObject = value instanceof ObjectValue;
    out.append(isObject ? '{' : '[');
    for (int i = 0; i < collection.size(); i++) {
      out.append(i == 0 ? "" : ",");
      line(depth + 1);
      if (isObject) {
        out.append(Encodings.goJson(name(collection.sortedKeyAt(i)))).append(": ");
      }
      write(collection.sortedValueAt(i), depth + 1);
    }
    if (collection.size() > 0) {
      line(depth);
    }
    out.append(isObject ? '}' : ']');
  }

  private static Value name(Value key) {
    return key instanceof StringValue ? key : Value.of(Json.write(key));
  }

  private void line(int depth) {
    context.allocate(prefix.length() + (long) depth * indent.length());
    out.append('\n').append(prefix).append(indent.repeat(depth));
  }
}

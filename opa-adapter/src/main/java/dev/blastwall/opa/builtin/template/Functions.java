package dev.blastwall.opa.builtin.template;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.BooleanValue;
import dev.blastwall.opa.CollectionValue;
import dev.blastwall.opa.NullValue;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The functions that every template has. */
final class Functions {
  private final Template.Surroundings surroundings;

  Functions(Template.Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  static boolean isTrue(@Nullable Object value) {
    return switch (value) {
      case null -> false;
      case NullValue ignored -> false;
      case BooleanValue bool -> bool == BooleanValue.TRUE;
      case StringValue string -> !string.text().isEmpty();
      case CollectionValue collection -> collection.size() > 0;
      case Long number -> number != 0;
      case Double number -> number != 0;
      default -> true;
    };
  }

  @Nullable Object call(String name, List<@Nullable Object> arguments) {
    return switch (name) {
      case "and", "or" -> requireSome(name, arguments).getLast();
      case "not" -> Value.of(!isTrue(only(name, arguments)));
      case "len" -> length(only(name, arguments));
      case "index" -> index(requireSome(name, arguments));
      case "slice" -> slice(requireSome(name, arguments));
      case "print" -> Value.of(print(arguments));
      case "println" -> Value.of(println(arguments));
      case "printf" -> Value.of(printf(requireSome(name, arguments)));
      case "html" -> Value.of(html(argument(arguments)));
      case "urlquery" -> Value.of(query(argument(arguments)));
      default -> Value.of(Comparing.compare(name, requireSome(name, arguments)));
    };
  }

  private static List<@Nullable Object> requireSome(String name, List<@Nullable Object> arguments) {
    if (arguments.isEmpty()) {
      throw new TemplateException("wrong number of args for " + name + ": want at least 1 got 0");
    }
    return arguments;
  }

  private static @Nullable Object only(String name, List<@Nullable Object> arguments) {
    if (arguments.size() != 1) {
      throw new TemplateException(
          "wrong number of args for " + name + ": want 1 got " + arguments.size());
    }
    return arguments.getFirst();
  }

  private static Object length(@Nullable Object value) {
    return switch (value) {
      case CollectionValue collection -> (long) collection.size();
      case Object text when Printing.isText(text) -> (long) utf8(Printing.text(text)).length;
      case null, default -> throw new TemplateException("error calling len: no length");
    };
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static @Nullable Object index(List<@Nullable Object> arguments) {
    Object value = arguments.getFirst();
    for (Object key : arguments.subList(1, arguments.size())) {
      value = member(value, key);
    }
    return value;
  }

  private static @Nullable Object member(@Nullable Object value, @Nullable Object key) {
    if (value instanceof ObjectValue object && key instanceof StringValue name) {
      return object.get(name);
    }
    if (value instanceof ArrayValue array && key instanceof Long position) {
      return array.get(position(position, array.size() - 1));
    }
    throw new TemplateException("error calling index: cannot index");
  }

  private static int position(@Nullable Object position, int last) {
    if (position instanceof Long number && number >= 0 && number <= last) {
      return number.intValue();
    }
    throw new TemplateException("index out of range");
  }

  private static Object slice(List<@Nullable Object> arguments) {
    Object value = arguments.getFirst();
    byte[] text = Printing.isText(value) ? utf8(Printing.text(value)) : new byte[0];
    int size = value instanceof ArrayValue array ? array.size() : text.length;
    int to = arguments.size() > 2 ? position(arguments.get(2), size) : size;
    int from = arguments.size() > 1 ? position(arguments.get(1), to) : 0;
    if (arguments.size() > 3) {
      throw new TemplateException("error calling slice: too many slice indexes");
    }
    return switch (value) {
      case ArrayValue array -> array.slice(from, to);
      case Object string when Printing.isText(string) ->
          Value.of(new String(text, from, to - from, StandardCharsets.UTF_8));
      case null, default -> throw new TemplateException("error calling slice: can't slice item");
    };
  }

  /** With spaces between two that are both no text. */
  private static String print(List<@Nullable Object> arguments) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < arguments.size(); i++) {
      boolean needsSpace =
          i > 0 && !Printing.isText(arguments.get(i)) && !Printing.isText(arguments.get(i - 1));
      text.append(needsSpace ? " " : "").append(Printing.shown(arguments.get(i)));
    }
    return text.toString();
  }

  private static String println(List<@Nullable Object> arguments) {
    return String.join(" ", arguments.stream().map(Printing::shown).toList()) + "\n";
  }

  private String printf(List<@Nullable Object> arguments) {
    return surroundings.format(
        Printing.text(arguments.getFirst()), arguments.subList(1, arguments.size()));
  }

  private static String argument(List<@Nullable Object> arguments) {
    return arguments.size() == 1 ? Printing.top(arguments.getFirst()) : print(arguments);
  }

  private static String html(String text) {
    return text.replace("&", "&amp;")
        .replace("\u0000", "\ufffd")
        .replace("\"", "&#34;")
        .replace("'", "&#39;")
        .replace("<", "&lt;")
        .replace(">", "&gt;");
  }

  private static String query(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("*", "%2A").replace("%7E", "~");
  }
}

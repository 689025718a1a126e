package dev.blastwall.opa.builtin.template;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.CollectionValue;
import dev.blastwall.opa.NullValue;
import dev.blastwall.opa.NumberValue;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import org.jspecify.annotations.Nullable;

/** Values as Go's {@code fmt.Print} shows them. */
final class Printing {
  private Printing() {}

  static String top(@Nullable Object value) {
    return value == null || value == NullValue.NULL ? "<no value>" : shown(value);
  }

  static String shown(@Nullable Object value) {
    return switch (value) {
      case null -> "<nil>";
      case NullValue ignored -> "<nil>";
      case StringValue string -> string.text();
      case NumberValue number -> number.toString();
      case ArrayValue array -> elements(array, "[", false);
      case ObjectValue object -> elements(object, "map[", true);
      case Value other -> other.toString();
      default -> value.toString();
    };
  }

  private static String elements(CollectionValue collection, String open, boolean hasKeys) {
    StringBuilder text = new StringBuilder(open);
    for (int i = 0; i < collection.size(); i++) {
      text.append(i == 0 ? "" : " ");
      if (hasKeys) {
        text.append(shown(collection.sortedKeyAt(i))).append(':');
      }
      text.append(shown(collection.sortedValueAt(i)));
    }
    return text.append(']').toString();
  }

  /** Whether Go's type is a kind of string: numbers of the data are, too. */
  static boolean isText(@Nullable Object value) {
    return value instanceof StringValue || value instanceof NumberValue;
  }

  static String text(@Nullable Object value) {
    if (isText(value)) {
      return shown(value);
    }
    throw new TemplateException("wrong type for value; expected string");
  }
}

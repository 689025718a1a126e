package dev.blastwall.opa.builtin.template;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.CollectionValue;
import dev.blastwall.opa.NullValue;
import dev.blastwall.opa.ObjectValue;
import org.jspecify.annotations.Nullable;

/**
 * What a range runs over: a collection, or the numbers below a limit.
 *
 * @param collection null for numbers
 */
record Elements(@Nullable CollectionValue collection, int size) {
  static Elements of(@Nullable Object value) {
    return switch (value) {
      case null -> new Elements(null, 0);
      case NullValue ignored -> new Elements(null, 0);
      case ArrayValue array -> new Elements(array, array.size());
      case ObjectValue object -> new Elements(object, object.size());
      case Long number -> new Elements(null, (int) Math.clamp(number, 0, Integer.MAX_VALUE));
      default -> throw new TemplateException("range can't iterate over " + Printing.top(value));
    };
  }

  Object key(int position) {
    return collection instanceof ObjectValue object
        ? object.sortedKeyAt(position)
        : (Object) (long) position;
  }

  Object value(int position) {
    return collection == null ? (Object) (long) position : collection.sortedValueAt(position);
  }
}

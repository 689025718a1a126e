package dev.blastwall.policy;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.BooleanValue;
import dev.blastwall.opa.NullValue;
import dev.blastwall.opa.NumberValue;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON-like Java values, such as the claims of a token, as the policy's values. */
final class PolicyJson {

  private PolicyJson() {}

  /**
   * The value that {@code json} is: a map, a collection, a text, a number, a truth value or null.
   *
   * @throws IllegalArgumentException for anything else
   */
  static Value of(@Nullable Object json) {
    return switch (json) {
      case null -> NullValue.NULL;
      case String text -> new StringValue(text);
      case Boolean truth -> BooleanValue.of(truth);
      case Integer number -> NumberValue.of(number);
      case Long number -> NumberValue.of(number);
      case BigDecimal number -> NumberValue.parse(number.toString());
      case Number number -> NumberValue.parse(number.toString());
      case Map<?, ?> members -> object(members);
      case Collection<?> elements -> array(elements);
      default -> throw new IllegalArgumentException("not JSON: " + json.getClass());
    };
  }

  private static Value object(Map<?, ?> members) {
    ObjectValue object = new ObjectValue(members.size());
    members.forEach((name, value) -> object.put(String.valueOf(name), of(value)));
    return object;
  }

  private static Value array(Collection<?> elements) {
    ArrayValue array = new ArrayValue(elements.size());
    elements.forEach(element -> array.add(of(element)));
    return array;
  }
}

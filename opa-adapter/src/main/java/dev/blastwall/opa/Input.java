package dev.blastwall.opa;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes an {@code input} of what a Java program has: a tree of records, of which only those parts
 * are converted that a policy reads.
 *
 * <ul>
 *   <li>A record is an object. Its keys are the names of its components in snake case: {@code
 *       hasWhere} becomes {@code has_where}.
 *   <li>A map is an object too, with strings or enum constants for keys; an array or a collection,
 *       also a set, is an array in the order of its iteration.
 *   <li>An enum constant is its name in lower case; strings, booleans and numbers are themselves,
 *       and so is a {@link Value}; null and an empty {@link Optional} are null.
 * </ul>
 *
 * <p>Nothing of the tree may change any more. What came of it belongs to one thread at a time.
 */
public final class Input {
  private Input() {}

  /**
   * The value of an object.
   *
   * @throws IllegalArgumentException when it is of another type, or a number without a value. For
   *     what stands deeper in the tree this comes when it is read: the evaluation then fails.
   */
  public static Value of(@Nullable Object object) {
    return switch (object) {
      case null -> NullValue.NULL;
      case Value value -> value;
      case String text -> new StringValue(text);
      case Boolean bool -> BooleanValue.of(bool);
      case Number number -> number(number);
      case Enum<?> constant -> StringValue.name(word(constant));
      case Record tree -> RecordKeys.of(tree.getClass()).object(tree);
      case Collection<?> collection -> array(collection.toArray());
      case Object[] array -> array(array);
      case Map<?, ?> map -> object(map);
      case Optional<?> optional -> of(optional.orElse(null));
      default ->
          throw new IllegalArgumentException(
              "an input cannot hold a "
                  + object.getClass().getName()
                  + "; give its text or number");
    };
  }

  private static Value number(Number number) {
    return switch (number) {
      case Integer integer -> NumberValue.of(integer);
      case Long integer -> NumberValue.of(integer);
      case Short integer -> NumberValue.of(integer);
      case Byte integer -> NumberValue.of(integer);
      case BigInteger integer -> NumberValue.of(integer);
      case BigDecimal decimal -> NumberValue.parse(decimal.toString());
      case Double decimal -> NumberValue.parse(decimal.toString());
      case Float decimal -> NumberValue.parse(decimal.toString());
      default ->
          throw new IllegalArgumentException(
              "an input cannot hold a " + number.getClass().getName() + "; give its value");
    };
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static Value array(@Nullable Object[] elements) {
    return new ArrayValue(elements.length, position -> of(elements[position]));
  }

  private static Value object(Map<?, ?> map) {
    ObjectValue keys = new ObjectValue(map.size());
    List<@Nullable Object> values = new ArrayList<>(map.size());
    map.forEach((key, value) -> {
      keys.put(name(key), NullValue.NULL);
      values.add(value);
    });
    if (keys.size() < values.size()) {
      throw new IllegalArgumentException("two keys of a map have the same name");
    }
    return keys.withMembers(position -> of(values.get(position)));
  }

  private static String name(@Nullable Object key) {
    return switch (key) {
      case String text -> text;
      case Enum<?> constant -> word(constant);
      case null, default ->
          throw new IllegalArgumentException("a key of an input must be a string, not " + key);
    };
  }
}

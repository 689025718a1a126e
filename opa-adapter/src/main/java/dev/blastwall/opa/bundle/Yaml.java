package dev.blastwall.opa.bundle;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.BooleanValue;
import dev.blastwall.opa.NullValue;
import dev.blastwall.opa.NumberValue;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * YAML as OPA reads it since 1.21: the core schema of YAML 1.2, the later of two equal keys wins.
 * Numbers are written as Go writes them when it turns YAML into JSON, because that is what a
 * signature is over.
 */
final class Yaml {
  private static final int MAX_DEPTH = 500;
  private static final int MAX_ALIASES = 50;

  private Yaml() {}

  /**
   * The one document of a text.
   *
   * @throws YamlEngineException when it is not YAML, or has what JSON has not
   */
  static Value read(byte[] utf8) {
    LoadSettings settings =
        LoadSettings.builder()
            .setSchema(new CoreSchema())
            .setAllowDuplicateKeys(true)
            .setCodePointLimit(Integer.MAX_VALUE)
            .setMaxAliasesForCollections(MAX_ALIASES)
            .build();
    String text = new String(utf8, StandardCharsets.UTF_8);
    requireShallow(settings, text);
    return value(new Load(settings).loadFromString(text), 0);
  }

  /** The library builds collections by recursion, and would overflow the stack. */
  private static void requireShallow(LoadSettings settings, String text) {
    int depth = 0;
    for (Event event : new Parse(settings).parseString(text)) {
      depth +=
          switch (event.getEventId()) {
            case SequenceStart, MappingStart -> 1;
            case SequenceEnd, MappingEnd -> -1;
            case Alias, Comment, DocumentEnd, DocumentStart, Scalar, StreamEnd, StreamStart -> 0;
          };
      if (depth > MAX_DEPTH) {
        throw new YamlEngineException("nests deeper than " + MAX_DEPTH + " levels");
      }
    }
  }

  private static Value value(@Nullable Object read, int depth) {
    if (depth > MAX_DEPTH) {
      throw new YamlEngineException("nests deeper than " + MAX_DEPTH + " levels");
    }
    return switch (read) {
      case null -> NullValue.NULL;
      case String text -> Value.of(text);
      case Boolean flag -> BooleanValue.of(flag);
      case Integer number -> NumberValue.of(number);
      case Long number -> NumberValue.of(number);
      case BigInteger number -> NumberValue.of(number);
      case Double number -> number(number);
      case Map<?, ?> map -> object(map, depth);
      case Iterable<?> list -> array(list, depth);
      default -> throw new YamlEngineException("JSON has no " + read.getClass().getSimpleName());
    };
  }

  private static Value object(Map<?, ?> map, int depth) {
    ObjectValue object = new ObjectValue(map.size());
    map.forEach((key, value) -> object.put(key(key), value(value, depth + 1)));
    return object;
  }

  private static String key(@Nullable Object key) {
    return switch (key) {
      case String text -> text;
      case Boolean flag -> flag.toString();
      case Integer number -> number.toString();
      case Long number -> number.toString();
      case Double number -> text(number);
      case null, default -> throw new YamlEngineException("a key must be plain text");
    };
  }

  private static Value array(Iterable<?> list, int depth) {
    ArrayValue array = new ArrayValue(0);
    list.forEach(element -> array.add(value(element, depth + 1)));
    return array;
  }

  private static Value number(double number) {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      throw new YamlEngineException("JSON has no number " + number);
    }
    return NumberValue.parse(text(number));
  }

  /** As {@code encoding/json} writes a float: an exponent only for the very small and large. */
  private static String text(double number) {
    BigDecimal exact = new BigDecimal(Double.toString(number)).stripTrailingZeros();
    double size = Math.abs(number);
    if (size == 0 || size >= 1e-6 && size < 1e21) {
      return exact.signum() == 0 ? (1 / number < 0 ? "-0" : "0") : exact.toPlainString();
    }
    String digits = exact.unscaledValue().abs().toString();
    int exponent = digits.length() - exact.scale() - 1;
    return (number < 0 ? "-" : "")
        + digits.charAt(0)
        + (digits.length() == 1 ? "" : "." + digits.substring(1))
        + (exponent < 0 ? "e" : "e+")
        + exponent;
  }
}

package dev.blastwall.opa.decisionlog;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.CollectionValue;
import dev.blastwall.opa.NullValue;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.SetValue;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import java.util.ArrayList;
import java.util.List;

/** What a policy wants changed in an event (OPA's documentation, Decision Logs: Masking). */
public sealed interface LogMask {
  /** Everything that an event says about its decision. */
  static List<LogMask> everything() {
    return EventDocument.CONTENT.stream().map(part -> remove("/" + part)).toList();
  }

  /**
   * Removes a part.
   *
   * @param pointer for instance {@code /input/command/text}
   * @throws IllegalArgumentException when that is none that may be removed
   */
  static LogMask remove(String pointer) {
    return new Remove(MaskPath.parse(pointer));
  }

  /**
   * The masks that {@code system.log.mask} is.
   *
   * @throws IllegalArgumentException when one of them is none
   */
  static List<LogMask> readAll(Value value) {
    if (!(value instanceof CollectionValue rules)
        || !(rules instanceof SetValue || rules instanceof ArrayValue)) {
      throw new IllegalArgumentException("the masks must be a set");
    }
    List<LogMask> masks = new ArrayList<>();
    for (int i = 0; i < rules.size(); i++) {
      masks.add(read(rules.sortedValueAt(i)));
    }
    return masks;
  }

  private static LogMask read(Value rule) {
    if (rule instanceof StringValue path) {
      return remove(path.text());
    }
    if (rule instanceof ObjectValue object) {
      return read(object);
    }
    throw new IllegalArgumentException("a mask must be a pointer or an object");
  }

  private static LogMask read(ObjectValue rule) {
    MaskPath path = MaskPath.parse(text(rule, "path"));
    Value value = rule.get("value");
    return switch (text(rule, "op")) {
      case "remove" -> new Remove(path);
      case "upsert" -> new Upsert(path, value == null ? NullValue.NULL : value);
      default -> throw new IllegalArgumentException("the op of a mask must be remove or upsert");
    };
  }

  private static String text(ObjectValue rule, String name) {
    return rule.get(name) instanceof StringValue text ? text.text() : "";
  }

  /** The event as this wants it; where there is nothing to change, the same. */
  ObjectValue applyTo(ObjectValue event);

  /** Leaves a part out. */
  record Remove(MaskPath path) implements LogMask {
    @Override
    public ObjectValue applyTo(ObjectValue event) {
      return path.removedFrom(event) instanceof ObjectValue rest
          ? noted(rest, "erased", path)
          : event;
    }
  }

  /** Puts something in the place of a part, or adds it. */
  record Upsert(MaskPath path, Value value) implements LogMask {
    @Override
    public ObjectValue applyTo(ObjectValue event) {
      return path.upsertedInto(event, value) instanceof ObjectValue changed
          ? noted(changed, "masked", path)
          : event;
    }
  }

  private static ObjectValue noted(ObjectValue event, String list, MaskPath path) {
    ArrayValue paths =
        event.get(list) instanceof ArrayValue noted
            ? noted.slice(0, noted.size())
            : new ArrayValue(1);
    return event.put(list, paths.add(Value.of(path.toString())));
  }
}

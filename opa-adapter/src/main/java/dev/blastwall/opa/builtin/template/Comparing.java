package dev.blastwall.opa.builtin.template;

import dev.blastwall.opa.BooleanValue;
import dev.blastwall.opa.NullValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The comparing functions: within one kind of value only. */
final class Comparing {
  private Comparing() {}

  static boolean compare(String function, List<@Nullable Object> arguments) {
    Object first = arguments.getFirst();
    if (arguments.size() < 2) {
      throw new TemplateException(
          "error calling " + function + ": missing argument for comparison");
    }
    if (function.equals("eq")) {
      boolean isEqual = false;
      for (Object other : arguments.subList(1, arguments.size())) {
        isEqual = isEqual || equal(first, other);
      }
      return isEqual;
    }
    if (arguments.size() > 2) {
      throw new TemplateException("wrong number of args for " + function + ": want 2");
    }
    Object second = arguments.get(1);
    return switch (function) {
      case "ne" -> !equal(first, second);
      case "lt" -> order(first, second) < 0;
      case "le" -> order(first, second) <= 0;
      case "gt" -> order(first, second) > 0;
      default -> order(first, second) >= 0;
    };
  }

  private static boolean equal(@Nullable Object a, @Nullable Object b) {
    boolean aIsNil = a == null || a == NullValue.NULL;
    boolean bIsNil = b == null || b == NullValue.NULL;
    if (aIsNil || bIsNil) {
      return aIsNil && bIsNil;
    }
    return a instanceof BooleanValue && b instanceof BooleanValue ? a == b : order(a, b) == 0;
  }

  /** Texts by their octets, as UTF-8 sorts like code points. */
  private static int order(@Nullable Object a, @Nullable Object b) {
    if (a instanceof Long x && b instanceof Long y) {
      return x.compareTo(y);
    }
    if (a instanceof Double x && b instanceof Double y) {
      return x.compareTo(y);
    }
    if (Printing.isText(a) && Printing.isText(b)) {
      return dev.blastwall.opa.Value.of(Printing.text(a))
          .compareTo(dev.blastwall.opa.Value.of(Printing.text(b)));
    }
    throw new TemplateException("incompatible types for comparison");
  }
}

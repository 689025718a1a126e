package dev.blastwall.opa.builtin.schema;

import dev.blastwall.opa.BooleanValue;
import dev.blastwall.opa.NumberValue;
import dev.blastwall.opa.Value;
import java.math.BigDecimal;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** What a schema demands of numbers. */
final class NumberKeywords {
  /**
   * A limit.
   *
   * @param holds of the comparison of a number with the limit
   */
  private record Bound(Keyword.Step step, IntPredicate holds, String type, String words) {
    void require(Subschema schema, BigDecimal limit) {
      schema.put(
          step,
          (value, at, judgement) -> {
            if (!holds.test(decimal(value).compareTo(limit))) {
              judgement.violated(at, type, words + GoNumbers.general(limit));
            }
          });
    }
  }

  private static final Bound MINIMUM =
      new Bound(
          Keyword.Step.MINIMUM,
          order -> order >= 0,
          "number_gte",
          "Must be greater than or equal to ");
  private static final Bound ABOVE =
      new Bound(
          Keyword.Step.EXCLUSIVE_MINIMUM, order -> order > 0, "number_gt", "Must be greater than ");
  private static final Bound MAXIMUM =
      new Bound(
          Keyword.Step.MAXIMUM,
          order -> order <= 0,
          "number_lte",
          "Must be less than or equal to ");
  private static final Bound BELOW =
      new Bound(
          Keyword.Step.EXCLUSIVE_MAXIMUM, order -> order < 0, "number_lt", "Must be less than ");

  private NumberKeywords() {}

  static void compile(Draft draft, Members members, Subschema schema) {
    multipleOf(members, schema);
    range(draft, members, schema, "minimum", "exclusiveMinimum", MINIMUM, ABOVE);
    range(draft, members, schema, "maximum", "exclusiveMaximum", MAXIMUM, BELOW);
  }

  private static BigDecimal decimal(Value value) {
    return ((NumberValue) value).toDecimal();
  }

  private static void multipleOf(Members members, Subschema schema) {
    Value factor = members.get("multipleOf");
    if (factor == null) {
      return;
    }
    if (!(factor instanceof NumberValue number)) {
      throw SchemaException.invalidType("Number", "multipleOf");
    }
    if (number.signum() <= 0) {
      throw new SchemaException("multipleOf must be strictly greater than 0");
    }
    schema.put(
        Keyword.Step.MULTIPLE_OF,
        (value, at, judgement) -> {
          if (decimal(value).remainder(number.toDecimal()).signum() != 0) {
            judgement.violated(
                at,
                "multiple_of",
                "Must be a multiple of " + GoNumbers.general(number.toDecimal()));
          }
        });
  }

  private static void range(
      Draft draft,
      Members members,
      Subschema schema,
      String key,
      String exclusiveKey,
      Bound bound,
      Bound exclusive) {
    BigDecimal limit = members.number(key);
    Value exclusiveLimit = members.get(exclusiveKey);
    if (limit != null && !isExclusive(draft, exclusiveLimit)) {
      bound.require(schema, limit);
    }
    if (exclusiveLimit != null) {
      BigDecimal without = exclusiveLimit(draft, exclusiveKey, exclusiveLimit, key, limit);
      if (without != null) {
        exclusive.require(schema, without);
      }
    }
  }

  /** Whether a flag makes the other limit an exclusive one, as in draft 4. */
  private static boolean isExclusive(Draft draft, @Nullable Value flag) {
    return flag == BooleanValue.TRUE && (draft == Draft.DRAFT_4 || draft == Draft.HYBRID);
  }

  /** A number; or in draft 4, a flag that moves the other limit here. */
  private static @Nullable BigDecimal exclusiveLimit(
      Draft draft, String exclusiveKey, Value value, String key, @Nullable BigDecimal limit) {
    boolean mayBeFlag = draft == Draft.DRAFT_4 || draft == Draft.HYBRID;
    if (draft != Draft.DRAFT_4 && value instanceof NumberValue number) {
      return number.toDecimal();
    }
    if (!mayBeFlag || !(value instanceof BooleanValue)) {
      throw SchemaException.invalidType(expected(draft), exclusiveKey);
    }
    if (limit == null) {
      throw new SchemaException(exclusiveKey + " cannot be used without " + key);
    }
    return value == BooleanValue.TRUE ? limit : null;
  }

  private static String expected(Draft draft) {
    return switch (draft) {
      case DRAFT_4 -> "boolean";
      case DRAFT_6, DRAFT_7 -> "number";
      case HYBRID -> "boolean/number";
    };
  }
}

package dev.blastwall.opa.builtin.schema;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.BooleanValue;
import dev.blastwall.opa.NullValue;
import dev.blastwall.opa.NumberValue;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.SetValue;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A schema or a part of one; filled by {@link SchemaCompiler}, as references may form cycles. */
final class Subschema {
  private final Map<Keyword.Step, Keyword> keywords = new EnumMap<>(Keyword.Step.class);
  private final List<String> types = new ArrayList<>();
  private @Nullable Boolean verdict;
  private @Nullable Subschema target;

  void put(Keyword.Step step, Keyword keyword) {
    keywords.put(step, keyword);
  }

  /** Allows values of a type; without any, all are allowed. */
  void allow(String type) {
    types.add(type);
  }

  boolean allows(String type) {
    return types.contains(type);
  }

  /** Makes it the schema {@code true} or {@code false}. */
  void always(boolean valid) {
    verdict = valid;
  }

  /** Makes it mean another one; its own keywords then count for nothing. */
  void refer(Subschema other) {
    target = other;
  }

  void judge(Value value, Place at, Judgement judgement) {
    if (verdict != null) {
      if (!verdict) {
        judgement.violated(at, "false", "False always fails validation");
      }
    } else if (target != null) {
      judgement.include(target, value, at);
    } else if (isOfAllowedType(value)) {
      judgeByKeywords(value, at, judgement);
    } else {
      judgement.violated(
          at,
          "invalid_type",
          "Invalid type. Expected: " + expected() + ", given: " + typeOf(value));
    }
  }

  private boolean isOfAllowedType(Value value) {
    String type = typeOf(value);
    return types.isEmpty() || allows(type) || (type.equals("integer") && allows("number"));
  }

  private String expected() {
    return types.size() == 1 ? types.getFirst() : "[" + String.join(",", types) + "]";
  }

  private static String typeOf(Value value) {
    return value instanceof NumberValue number && number.isInteger()
        ? "integer"
        : value.type().regoName();
  }

  private void judgeByKeywords(Value value, Place at, Judgement judgement) {
    ask(Keyword.Kind.APPLICATOR, value, at, judgement);
    switch (value) {
      case NumberValue ignored -> ask(Keyword.Kind.NUMBER, value, at, judgement);
      case ArrayValue ignored -> ask(Keyword.Kind.ARRAY, value, at, judgement);
      case ObjectValue ignored -> ask(Keyword.Kind.OBJECT, value, at, judgement);
      case NullValue ignored -> {}
      case BooleanValue ignored -> {}
      case StringValue ignored -> {}
      case SetValue ignored -> {}
    }
    ask(Keyword.Kind.COMMON, value, at, judgement);
    if (value instanceof StringValue) {
      ask(Keyword.Kind.STRING, value, at, judgement);
    } else if (value instanceof ObjectValue) {
      // These count as part of what was asked above.
      askSilently(Keyword.Kind.MEMBERS, value, at, judgement);
    }
    judgement.fits();
  }

  private void ask(Keyword.Kind kind, Value value, Place at, Judgement judgement) {
    askSilently(kind, value, at, judgement);
    judgement.fits();
  }

  private void askSilently(Keyword.Kind kind, Value value, Place at, Judgement judgement) {
    for (Map.Entry<Keyword.Step, Keyword> entry : keywords.entrySet()) {
      if (entry.getKey().kind() == kind) {
        entry.getValue().judge(value, at, judgement);
      }
    }
  }
}

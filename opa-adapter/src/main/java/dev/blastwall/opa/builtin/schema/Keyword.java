package dev.blastwall.opa.builtin.schema;

import dev.blastwall.opa.Value;

/** What one keyword of a schema demands. */
@FunctionalInterface
interface Keyword {
  void judge(Value value, Place at, Judgement judgement);

  /** When a keyword is asked, in this order, and of which values. */
  enum Step {
    ANY_OF(Kind.APPLICATOR),
    ONE_OF(Kind.APPLICATOR),
    ALL_OF(Kind.APPLICATOR),
    NOT(Kind.APPLICATOR),
    DEPENDENCIES(Kind.APPLICATOR),
    CONDITION(Kind.APPLICATOR),
    MULTIPLE_OF(Kind.NUMBER),
    MAXIMUM(Kind.NUMBER),
    EXCLUSIVE_MAXIMUM(Kind.NUMBER),
    MINIMUM(Kind.NUMBER),
    EXCLUSIVE_MINIMUM(Kind.NUMBER),
    ITEMS(Kind.ARRAY),
    MIN_ITEMS(Kind.ARRAY),
    MAX_ITEMS(Kind.ARRAY),
    UNIQUE_ITEMS(Kind.ARRAY),
    CONTAINS(Kind.ARRAY),
    MIN_PROPERTIES(Kind.OBJECT),
    MAX_PROPERTIES(Kind.OBJECT),
    REQUIRED(Kind.OBJECT),
    OTHER_PROPERTIES(Kind.OBJECT),
    PROPERTY_NAMES(Kind.OBJECT),
    CONST(Kind.COMMON),
    ENUM(Kind.COMMON),
    FORMAT(Kind.COMMON),
    MIN_LENGTH(Kind.STRING),
    MAX_LENGTH(Kind.STRING),
    PATTERN(Kind.STRING),
    PROPERTIES(Kind.MEMBERS);

    private final Kind kind;

    Step(Kind kind) {
      this.kind = kind;
    }

    Kind kind() {
      return kind;
    }
  }

  /** Which keywords are asked together. */
  enum Kind {
    APPLICATOR,
    NUMBER,
    ARRAY,
    OBJECT,
    COMMON,
    STRING,
    MEMBERS
  }
}

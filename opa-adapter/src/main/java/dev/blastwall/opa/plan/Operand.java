package dev.blastwall.opa.plan;

import dev.blastwall.opa.Value;

/** What a statement works on. */
public sealed interface Operand {
  /** A local of the function, unset until a statement sets it. */
  record Local(int index) implements Operand {}

  /** A string or boolean that stands in the plan. */
  record Constant(Value value) implements Operand {}
}

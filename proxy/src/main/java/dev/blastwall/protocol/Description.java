package dev.blastwall.protocol;

import dev.blastwall.masking.MaskPlan;

/** The answer to a result set's columns. */
public sealed interface Description {

  /**
   * Show it so.
   *
   * @param plan what to change; {@link MaskPlan#NONE} lets the rows pass untouched
   */
  record Shown(MaskPlan plan) implements Description {}

  /**
   * Do not show it.
   *
   * @param refusal what to tell the client
   */
  record Withheld(Refusal refusal) implements Description {}
}

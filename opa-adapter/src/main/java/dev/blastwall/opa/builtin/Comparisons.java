package dev.blastwall.opa.builtin;

import dev.blastwall.opa.Value;

/** Comparison, by OPA's total order. */
final class Comparisons {
  private Comparisons() {}

  static void register(Builtins.Registry registry) {
    registry.binary("equal", (context, a, b) -> Value.of(a.equals(b)));
    registry.binary("neq", (context, a, b) -> Value.of(!a.equals(b)));
    registry.binary("lt", (context, a, b) -> Value.of(a.compareTo(b) < 0));
    registry.binary("lte", (context, a, b) -> Value.of(a.compareTo(b) <= 0));
    registry.binary("gt", (context, a, b) -> Value.of(a.compareTo(b) > 0));
    registry.binary("gte", (context, a, b) -> Value.of(a.compareTo(b) >= 0));
  }
}

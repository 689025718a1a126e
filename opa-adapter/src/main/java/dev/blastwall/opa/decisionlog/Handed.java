package dev.blastwall.opa.decisionlog;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.BooleanValue;
import dev.blastwall.opa.CollectionValue;
import dev.blastwall.opa.Evaluation;
import dev.blastwall.opa.NullValue;
import dev.blastwall.opa.NumberValue;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.SetValue;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;

/** What is handed over to the thread of the log. */
sealed interface Handed {
  /**
   * A decision to log.
   *
   * @param bytes how much memory it holds, roughly
   */
  record Decided(DecisionEvent event, LogPolicy policy, long bytes) implements Handed {
    /** What an object costs, roughly. */
    private static final int OBJECT = 32;

    static Decided of(DecisionEvent event, LogPolicy policy) {
      long result =
          event.result() instanceof Evaluation.Defined defined ? weight(defined.value()) : 0;
      return new Decided(event, policy, OBJECT * 8L + weight(event.input()) + result);
    }

    private static long weight(Value value) {
      return switch (value) {
        case StringValue string -> OBJECT + 2L * string.text().length();
        case NullValue ignored -> 0;
        case BooleanValue ignored -> 0;
        case NumberValue ignored -> OBJECT;
        case ObjectValue object -> members(object);
        case ArrayValue array -> members(array);
        case SetValue set -> members(set);
      };
    }

    private static long members(CollectionValue collection) {
      long sum = OBJECT;
      for (int i = 0; i < collection.size(); i++) {
        sum += OBJECT + weight(collection.valueAt(i));
      }
      return sum;
    }
  }

  /** Everything before it is where it belongs when this has run. */
  record Mark(Runnable reached) implements Handed {}

  /** Nothing comes after it. */
  record End() implements Handed {}
}

package dev.blastwall.opa.decisionlog;

import dev.blastwall.opa.BooleanValue;
import dev.blastwall.opa.Evaluation;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Decisions to log. */
final class Decisions {
  static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678901Z");

  private Decisions() {}

  static DecisionEvent named(String id) {
    return about(id, new ObjectValue(1).put("user", "alice"));
  }

  static DecisionEvent about(String id, Value input) {
    return about(id, input, new Evaluation.Defined(BooleanValue.TRUE));
  }

  static DecisionEvent about(String id, Value input, Evaluation result) {
    return new DecisionEvent(
        id,
        "shop/decision",
        input,
        result,
        Map.of("main", "r1"),
        "10.0.0.1:5432",
        NOW,
        Map.of("timer_rego_query_eval_ns", 1234L),
        Optional.empty());
  }

  static List<String> ids(List<ObjectValue> events) {
    return events.stream().map(event -> text(event, "decision_id")).toList();
  }

  static String text(ObjectValue event, String member) {
    return ((StringValue) Objects.requireNonNull(event.get(member))).text();
  }
}

package dev.blastwall.opa.decisionlog;

import dev.blastwall.opa.ObjectValue;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a decision log fares, as OPA's status reports it ({@code decision_logs}; {@code
 * v1/plugins/logs/status}): why the service does not take events at the moment, and how many events
 * anything else went wrong with. Thread-safe.
 */
public final class DecisionLogStatus implements DecisionLogListener {
  private final Map<Trouble, Long> troubles = new EnumMap<>(Trouble.class);
  private @Nullable String refusal;

  @Override
  public synchronized void uploaded(long events) {
    refusal = null;
  }

  @Override
  public synchronized void trouble(Trouble trouble, long events, String detail) {
    if (trouble == Trouble.UPLOAD_FAILED) {
      refusal = detail;
    } else {
      troubles.merge(trouble, events, Long::sum);
    }
  }

  /** The log's part of OPA's status document. */
  public synchronized ObjectValue toJson() {
    ObjectValue metrics = new ObjectValue(troubles.size());
    troubles.forEach((trouble, events) ->
        metrics.put("counter_decision_logs_" + trouble.name().toLowerCase(Locale.ROOT), events));
    ObjectValue json = new ObjectValue(4).put("metrics", metrics);
    if (refusal != null) {
      json.put("code", "decision_log_error").put("message", refusal);
    }
    return json;
  }
}

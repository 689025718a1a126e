package dev.blastwall.gateway;

import dev.blastwall.opa.Json;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.decisionlog.DecisionLogStatus;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * OPA's status document about a gateway (OPA's documentation, Status: Status Service API).
 *
 * @param labels say which gateway this is
 * @param policies what it decides by
 * @param decisionLog how its log fares, if it has one
 */
record Status(
    Map<String, String> labels, PolicyLoading policies, Optional<DecisionLogStatus> decisionLog)
    implements Supplier<String> {

  @Override
  public String get() {
    ObjectValue status = policies.status(labels);
    decisionLog.ifPresent(log -> {
      status.put("decision_logs", log.toJson());
      if (status.get("plugins") instanceof ObjectValue plugins) {
        plugins.put("decision_logs", new ObjectValue(1).put("state", "OK"));
      }
    });
    return Json.write(status);
  }
}

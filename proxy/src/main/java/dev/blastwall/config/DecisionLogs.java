package dev.blastwall.config;

import dev.blastwall.opa.decisionlog.LogService;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where decisions are logged, besides the recording; by default nowhere.
 *
 * @param console whether to standard output; default false
 * @param file a file that gets a line for each, if any
 * @param service an HTTP service that takes them as OPA sends them, if any; its spool is the folder
 *     {@code decision-logs} in the data folder
 * @param labels that each of them carries, besides the {@code id} of the gateway process
 */
public record DecisionLogs(
    boolean console,
    Optional<Path> file,
    Optional<LogService> service,
    Map<String, String> labels) {

  /** Nowhere. */
  public static final DecisionLogs NONE =
      new DecisionLogs(false, Optional.empty(), Optional.empty(), Map.of());

  public DecisionLogs {
    labels = Map.copyOf(labels);
  }

  /** Whether they are logged at all. */
  public boolean isOn() {
    return console || file.isPresent() || service.isPresent();
  }
}

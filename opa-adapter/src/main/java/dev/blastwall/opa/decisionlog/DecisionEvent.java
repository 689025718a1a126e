package dev.blastwall.opa.decisionlog;

import dev.blastwall.opa.Evaluation;
import dev.blastwall.opa.Value;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A decision, as the log is told of it.
 *
 * @param decisionId names it
 * @param path of the rule that decided, for instance {@code blastwall/decision}
 * @param input what was asked; must not be changed any more
 * @param result what came of it
 * @param revisions of the bundles that decided, by their name; a revision may be empty
 * @param requestedBy who asked, for instance an address and port; may be empty
 * @param timestamp when
 * @param metrics by their name, as OPA's; those that begin with {@code timer_} are in nanoseconds
 * @param ndBuiltinCache what the built-ins gave that may give something else next time, if it is
 *     known: an object by their name
 */
public record DecisionEvent(
    String decisionId,
    String path,
    Value input,
    Evaluation result,
    Map<String, String> revisions,
    String requestedBy,
    Instant timestamp,
    Map<String, Long> metrics,
    Optional<Value> ndBuiltinCache) {}

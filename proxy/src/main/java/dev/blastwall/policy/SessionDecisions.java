package dev.blastwall.policy;

import dev.blastwall.opa.Evaluation;
import dev.blastwall.opa.Value;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks a bundle about one session. A question that the bundle cannot tell from one of the last ones
 * gets the same decision without another evaluation.
 */
final class SessionDecisions implements SessionPolicy {

  private static final int KEPT = 64;

  private final ActivePolicy policy;
  private final SessionInput input;
  private final InstantSource clock;
  private final Map<Object, Decision> kept = new Recent<>(KEPT);

  SessionDecisions(ActivePolicy policy, SessionInput input, InstantSource clock) {
    this.policy = policy;
    this.input = input;
    this.clock = clock;
  }

  @Override
  public void decide(Question question, Consumer<Decision> then) {
    Value asked = input.of(question, nanos(clock.instant()));
    Object key = policy.engine().dependencies().key(asked);
    Decision known = key == null ? null : kept.get(key);
    if (known == null) {
      evaluate(asked, key, then);
    } else {
      then.accept(known);
    }
  }

  private void evaluate(Value asked, @Nullable Object key, Consumer<Decision> then) {
    policy
        .engine()
        .evaluate(
            OpaPolicy.ENTRYPOINT,
            asked,
            evaluation -> {
              Decision decision = policy.decision(evaluation);
              // What failed may not fail again.
              if (key != null && evaluation instanceof Evaluation.Defined) {
                kept.put(key, decision);
              }
              then.accept(decision);
            });
  }

  private static long nanos(Instant instant) {
    return TimeUnit.SECONDS.toNanos(instant.getEpochSecond()) + instant.getNano();
  }
}

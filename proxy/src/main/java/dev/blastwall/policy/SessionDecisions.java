package dev.blastwall.policy;

import dev.blastwall.opa.Evaluation;
import dev.blastwall.opa.Value;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks a bundle about one session. A question that the bundle cannot tell from one of the last ones
 * gets the same decision without another evaluation.
 */
final class SessionDecisions implements SessionPolicy {

  private static final int KEPT = 64;

  private final Supplier<ActivePolicy> active;
  private final SessionInput input;
  private final InstantSource clock;
  private final Map<Object, Decision> kept = new Recent<>(KEPT);

  /** Who made the decisions that are kept. */
  private ActivePolicy policy;

  SessionDecisions(Supplier<ActivePolicy> active, SessionInput input, InstantSource clock) {
    this.active = active;
    this.policy = active.get();
    this.input = input;
    this.clock = clock;
  }

  @Override
  public void decide(Question question, Consumer<Decision> then) {
    follow();
    Value asked = input.of(question, nanos(clock.instant()));
    Object key = policy.engine().dependencies().key(asked);
    Decision known = key == null ? null : kept.get(key);
    if (known == null) {
      evaluate(asked, key, then);
    } else {
      then.accept(known);
    }
  }

  /** Another policy may decide otherwise. */
  @SuppressWarnings("ReferenceEquality")
  private void follow() {
    ActivePolicy now = active.get();
    if (now != policy) {
      policy = now;
      kept.clear();
    }
  }

  @SuppressWarnings("ReferenceEquality")
  private void evaluate(Value asked, @Nullable Object key, Consumer<Decision> then) {
    ActivePolicy asks = policy;
    asks.engine()
        .evaluate(
            OpaPolicy.ENTRYPOINT,
            asked,
            evaluation -> {
              Decision decision = asks.decision(evaluation);
              // What failed may not fail again.
              if (key != null && evaluation instanceof Evaluation.Defined && asks == policy) {
                kept.put(key, decision);
              }
              then.accept(decision);
            });
  }

  private static long nanos(Instant instant) {
    return TimeUnit.SECONDS.toNanos(instant.getEpochSecond()) + instant.getNano();
  }
}

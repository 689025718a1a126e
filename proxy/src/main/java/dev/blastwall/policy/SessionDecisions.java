package dev.blastwall.policy;

import dev.blastwall.opa.Evaluation;
import dev.blastwall.opa.Value;
import dev.blastwall.policy.SessionLogging.Asked;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
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
  private final @Nullable SessionLogging logging;
  private final Map<Object, Answer> kept = new Recent<>(KEPT);

  /** What was evaluated, as the log wants it, and the decision that it is. */
  private record Answer(Evaluation evaluation, Decision decision) {}

  /** Who made the decisions that are kept. */
  private ActivePolicy policy;

  /** Who let the session be. */
  private ActivePolicy admitting;

  /**
   * Decisions about one session.
   *
   * @param logging is told of each; null when decisions are not logged
   */
  SessionDecisions(
      Supplier<ActivePolicy> active,
      SessionInput input,
      InstantSource clock,
      @Nullable SessionLogging logging) {
    this.active = active;
    this.policy = active.get();
    this.admitting = policy;
    this.input = input;
    this.clock = clock;
    this.logging = logging;
  }

  @Override
  public void decide(String decisionId, Question question, Consumer<Decision> then) {
    follow(question);
    Instant now = clock.instant();
    Value asked = input.of(question, SessionInput.nanos(now));
    Object key = policy.engine().dependencies().key(asked);
    Answer known = key == null ? null : kept.get(key);
    if (known != null) {
      if (logging != null) {
        logging.remembered(new Asked(decisionId, policy, asked, now), known.evaluation());
      }
      then.accept(known.decision());
    } else if (logging != null) {
      evaluate(asked, key, logged(logging, new Asked(decisionId, policy, asked, now), then));
    } else {
      evaluate(asked, key, answer -> then.accept(answer.decision()));
    }
  }

  private static Consumer<Answer> logged(
      SessionLogging logging, Asked asked, Consumer<Decision> then) {
    long since = System.nanoTime();
    return answer -> {
      logging.evaluated(asked, answer.evaluation(), System.nanoTime() - since);
      then.accept(answer.decision());
    };
  }

  @Override
  @SuppressWarnings("ReferenceEquality")
  public boolean isOutdated() {
    return active.get() != admitting;
  }

  /** Another policy may decide otherwise. */
  @SuppressWarnings("ReferenceEquality")
  private void follow(Question question) {
    ActivePolicy now = active.get();
    if (now != policy) {
      policy = now;
      kept.clear();
    }
    if (question instanceof Question.Connect) {
      admitting = now;
    }
  }

  @SuppressWarnings("ReferenceEquality")
  private void evaluate(Value asked, @Nullable Object key, Consumer<Answer> then) {
    ActivePolicy asks = policy;
    asks.engine()
        .evaluate(
            OpaPolicy.ENTRYPOINT,
            asked,
            evaluation -> {
              Answer answer = new Answer(evaluation, asks.decision(evaluation));
              // What failed may not fail again.
              if (key != null && evaluation instanceof Evaluation.Defined && asks == policy) {
                kept.put(key, answer);
              }
              then.accept(answer);
            });
  }
}

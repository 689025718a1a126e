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

  /** Whether it looks at nothing but the shape of a question. */
  private boolean shapesDecide;

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
    this.shapesDecide = CommandShape.decides(policy.engine().dependencies());
    this.input = input;
    this.clock = clock;
    this.logging = logging;
  }

  @Override
  public void decide(String decisionId, Question question, Consumer<Decision> then) {
    follow(question);
    CommandShape shape = shapesDecide ? CommandShape.of(question) : null;
    Answer known = shape == null || logging != null ? null : kept.get(shape);
    if (known != null) {
      then.accept(known.decision());
      return;
    }
    Instant now = clock.instant();
    Value document = input.of(question, SessionInput.nanos(now));
    Object key = shape == null ? policy.engine().dependencies().key(document) : shape;
    decide(new Asked(decisionId, policy, document, now), key, then);
  }

  private void decide(Asked asked, @Nullable Object key, Consumer<Decision> then) {
    Answer known = key == null ? null : kept.get(key);
    if (known != null) {
      if (logging != null) {
        logging.remembered(asked, known.evaluation());
      }
      then.accept(known.decision());
    } else if (logging != null) {
      evaluate(asked.input(), key, logged(logging, asked, then));
    } else {
      evaluate(asked.input(), key, answer -> then.accept(answer.decision()));
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
      shapesDecide = CommandShape.decides(now.engine().dependencies());
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

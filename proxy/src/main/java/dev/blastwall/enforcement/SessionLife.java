package dev.blastwall.enforcement;

import dev.blastwall.policy.Decision;
import dev.blastwall.policy.Difference;
import dev.blastwall.policy.Question;
import dev.blastwall.policy.SessionPolicy;
import dev.blastwall.protocol.Refusal;
import dev.blastwall.recording.SessionLog;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From admission to close: whether policy still lets a session be. But for {@link #review}, it
 * lives on the session's event loop.
 */
final class SessionLife {

  private static final Logger logger = LoggerFactory.getLogger(SessionLife.class);

  private final SessionPolicy policy;
  private final Executor loop;
  private final SessionLog log;
  private final Consumer<Difference> differences;
  private final LiveSessions live;
  private @Nullable Refusal ending;
  private Consumer<Refusal> whenEnding = refusal -> {};
  private boolean closed;

  SessionLife(
      Arrival arrival, SessionLog log, Consumer<Difference> differences, LiveSessions live) {
    this.policy = arrival.policy();
    this.loop = arrival.loop();
    this.log = log;
    this.differences = differences;
    this.live = live;
  }

  /** From now on each policy that comes in is asked; one that came in on the way is asked now. */
  void begin() {
    if (!closed) {
      live.add(this);
      reviewOnLoop(() -> {});
    }
  }

  /**
   * Asks again whether the session may be, if another policy came in; on any thread.
   *
   * @param done told when there is an answer, or nothing to ask
   */
  void review(Runnable done) {
    try {
      loop.execute(() -> reviewOnLoop(done));
    } catch (RejectedExecutionException theGatewayStops) {
      done.run();
    }
  }

  private void reviewOnLoop(Runnable done) {
    if (closed || ending != null || !policy.isOutdated()) {
      done.run();
      return;
    }
    String decisionId = log.nextDecisionId();
    Question question = new Question.Connect();
    Consumer<Decision> then =
        decision -> {
          done.run();
          reviewed(decisionId, question, decision);
        };
    try {
      policy.decide(decisionId, question, LoopCallback.on(loop, then));
    } catch (RuntimeException e) {
      logger.error("a session could not be reviewed, decision={}", decisionId, e);
      then.accept(unanswered());
    }
  }

  private static Decision unanswered() {
    return new Decision.Refuse(
        List.of(new Decision.Reason("policy_error", "The policy could not be asked.")), "", true);
  }

  private void reviewed(String decisionId, Question question, Decision decision) {
    if (closed) {
      return;
    }
    log.reviewed(decisionId, decision);
    if (Entry.of(decisionId, decision) instanceof Entry.Shut(Refusal refusal)) {
      end(Refusals.noLongerAllowed(refusal));
    }
    policy.enforced(decisionId, question, decision, differences);
  }

  private void end(Refusal refusal) {
    ending = refusal;
    whenEnding.accept(refusal);
  }

  /** Tells {@code then} why the session must end, now or when it must. */
  void onEnding(Consumer<Refusal> then) {
    whenEnding = then;
    ending().ifPresent(then);
  }

  /** Why the session must end, if it must. */
  Optional<Refusal> ending() {
    return Optional.ofNullable(ending);
  }

  void close() {
    closed = true;
    live.remove(this);
  }
}

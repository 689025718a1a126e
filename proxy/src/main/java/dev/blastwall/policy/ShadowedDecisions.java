package dev.blastwall.policy;

import dev.blastwall.command.Session;
import dev.blastwall.policy.ShadowListener.Result;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a shadow about one session, beside the policy that counts. The event loop only leaves the
 * question behind; all that the shadow does, it does on the one thread that is there for it.
 */
final class ShadowedDecisions implements SessionPolicy {

  private static final Logger log = LoggerFactory.getLogger(ShadowedDecisions.class);

  private final SessionPolicy counts;
  private final Session session;
  private final Shadow shadow;

  /** Made when it is first needed, by the thread that asks it. */
  private @Nullable SessionPolicy asked;

  ShadowedDecisions(SessionPolicy counts, Session session, Shadow shadow) {
    this.counts = counts;
    this.session = session;
    this.shadow = shadow;
  }

  @Override
  public void decide(String decisionId, Question question, Consumer<Decision> then) {
    counts.decide(decisionId, question, then);
  }

  @Override
  public boolean isOutdated() {
    return counts.isOutdated();
  }

  @Override
  public void enforced(
      String decisionId, Question question, Decision decision, Consumer<Difference> then) {
    try {
      shadow
          .aside()
          .execute(() ->
              ask(
                  decisionId,
                  question,
                  other -> compare(decisionId, question, decision, other, then)));
    } catch (RejectedExecutionException e) {
      shadow.listener().judged(question, Result.SKIPPED);
    }
  }

  private void ask(String decisionId, Question question, Consumer<Decision> then) {
    try {
      policy().decide(decisionId, question, then);
    } catch (RuntimeException e) {
      then.accept(
          new Decision.Refuse(
              List.of(new Decision.Reason("policy_error", "The shadow could not be asked: " + e)),
              "",
              true));
    }
  }

  private SessionPolicy policy() {
    SessionPolicy known = asked;
    if (known == null) {
      known = shadow.policy().of(session);
      asked = known;
    }
    return known;
  }

  private void compare(
      String decisionId,
      Question question,
      Decision enforced,
      Decision other,
      Consumer<Difference> then) {
    Result result = result(enforced, other);
    shadow.listener().judged(question, result);
    if (result != Result.SAME) {
      tell(new Difference(decisionId, shadow.set(), enforced, other), then);
    }
  }

  private static Result result(Decision enforced, Decision other) {
    if (DecisionOutline.of(enforced).equals(DecisionOutline.of(other))) {
      return Result.SAME;
    }
    return other instanceof Decision.Refuse refuse && refuse.failed()
        ? Result.ERROR
        : Result.DIFFERENT;
  }

  private static void tell(Difference difference, Consumer<Difference> then) {
    try {
      then.accept(difference);
    } catch (RuntimeException e) {
      log.warn("a shadow's difference was lost, decision={}", difference.decisionId(), e);
    }
  }
}

package dev.blastwall.policy;

import dev.blastwall.opa.Evaluation;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.PolicyEngine;
import dev.blastwall.opa.Value;
import dev.blastwall.opa.decisionlog.LogPolicy;
import dev.blastwall.opa.decisionlog.LogVerdict;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The contract's way of keeping something out of the decision log: the member {@code log} of the
 * decision itself, and of the answer at the point {@code log}. There {@code input} is that of the
 * decision, with the decision and its point as {@code input.decision}.
 */
record ContractLogPolicy(PolicyEngine engine) implements LogPolicy {

  private static final String POINT = "log";

  @Override
  public void judge(ObjectValue event, Consumer<LogVerdict> then) {
    Value decision = event.get(Names.RESULT);
    LogVerdict own = decision == null ? LogVerdict.ALL : read(decision);
    if (event.get(Names.INPUT) instanceof ObjectValue input) {
      engine.evaluate(
          OpaPolicy.ENTRYPOINT,
          question(input, decision),
          answer -> then.accept(own.and(read(answer))));
    } else {
      then.accept(new LogVerdict.Failed("the input is no object"));
    }
  }

  private static Value question(ObjectValue input, @Nullable Value decision) {
    ObjectValue decided =
        decision instanceof ObjectValue object ? object.copy(1) : new ObjectValue(1);
    Value point = input.get(Names.POINT);
    if (point != null) {
      decided.put(Names.POINT, point);
    }
    return input.copy(1).put(Names.POINT, POINT).put(Names.DECISION, decided);
  }

  private static LogVerdict read(Evaluation answer) {
    return switch (answer) {
      case Evaluation.Defined defined -> read(defined.value());
      case Evaluation.Undefined undefined ->
          new LogVerdict.Failed("the policy gave no decision at the point " + POINT);
      case Evaluation.Failed failed ->
          new LogVerdict.Failed("at the point " + POINT + ": " + failed.cause().getMessage());
    };
  }

  private static LogVerdict read(Value decision) {
    try {
      return LogTerms.read(new Document("decision", decision));
    } catch (MalformedDecisionException e) {
      return new LogVerdict.Failed(String.valueOf(e.getMessage()));
    }
  }
}

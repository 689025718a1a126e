package dev.blastwall.opa.decisionlog;

import dev.blastwall.opa.BooleanValue;
import dev.blastwall.opa.Evaluation;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.PolicyEngine;
import dev.blastwall.opa.PolicyException;
import dev.blastwall.opa.Value;
import java.util.function.Consumer;

/**
 * OPA's way: {@code system.log.drop} is true for an event that must not stand in the log, {@code
 * system.log.mask} is a set of what must not stand in it. Both have the event as their input.
 *
 * <p>For the embedded engine they have to be entrypoints: {@code opa build -t plan -e
 * system/log/drop -e system/log/mask}. A bundle without them wants everything logged.
 *
 * @param engine of the bundle
 */
public record SystemLogPolicy(PolicyEngine engine) implements LogPolicy {
  private static final String DROP = "system/log/drop";
  private static final String MASK = "system/log/mask";

  @Override
  public void judge(ObjectValue event, Consumer<LogVerdict> then) {
    engine.evaluate(
        DROP,
        event,
        dropped -> {
          switch (dropped) {
            case Evaluation.Defined defined when defined.value().equals(BooleanValue.TRUE) ->
                then.accept(new LogVerdict.Drop());
            case Evaluation.Defined no -> mask(event, then);
            case Evaluation.Undefined no -> mask(event, then);
            case Evaluation.Failed none when isMissing(none) -> mask(event, then);
            case Evaluation.Failed failed -> then.accept(failed(DROP, failed));
          }
        });
  }

  private void mask(ObjectValue event, Consumer<LogVerdict> then) {
    engine.evaluate(
        MASK,
        event,
        masks ->
            then.accept(
                switch (masks) {
                  case Evaluation.Defined defined -> read(defined.value());
                  case Evaluation.Undefined none -> LogVerdict.ALL;
                  case Evaluation.Failed none when isMissing(none) -> LogVerdict.ALL;
                  case Evaluation.Failed failed -> failed(MASK, failed);
                }));
  }

  private static boolean isMissing(Evaluation.Failed failed) {
    return failed.cause() instanceof PolicyException.UnknownEntrypoint;
  }

  private static LogVerdict read(Value masks) {
    try {
      return new LogVerdict.Keep(LogMask.readAll(masks));
    } catch (IllegalArgumentException e) {
      return new LogVerdict.Failed(MASK + ": " + e.getMessage());
    }
  }

  private static LogVerdict failed(String entrypoint, Evaluation.Failed failed) {
    return new LogVerdict.Failed(entrypoint + ": " + failed.cause().getMessage());
  }
}

package dev.blastwall.opa.bundle;

import dev.blastwall.opa.BundleException;
import dev.blastwall.opa.Evaluation;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.PolicyEngine;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What a bundle wants to be asked before it decides; see the package's documentation. The questions
 * are then repeated until the JVM has compiled what they run through, so that the first decision
 * does not pay for it.
 */
final class SmokeInputs {
  private static final int WARM_ROUNDS = 2_000;
  private static final Duration WARM_TIME = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final List<Case> cases;

  private SmokeInputs(List<Case> cases) {
    this.cases = cases;
  }

  private record Case(String name, String entrypoint, Value input, @Nullable Value result) {}

  /** The cases that the data hold, which are asked of an entrypoint unless they name another. */
  static SmokeInputs of(ObjectValue data, String entrypoint) throws BundleException {
    List<Case> cases = new ArrayList<>();
    if (data.get("system") instanceof ObjectValue system
        && system.get("smoke") instanceof ObjectValue smoke) {
      for (int i = 0; i < smoke.size(); i++) {
        cases.add(of(name(smoke.keyAt(i)), smoke.valueAt(i), entrypoint));
      }
    }
    return new SmokeInputs(cases);
  }

  private static String name(Value key) {
    return BundleArchive.shown(key instanceof StringValue text ? text.text() : key.toString());
  }

  private static Case of(String name, Value value, String entrypoint) throws BundleException {
    Value input = value instanceof ObjectValue object ? object.get("input") : null;
    if (!(value instanceof ObjectValue object) || input == null) {
      throw new BundleException("the smoke input " + name + " has no input; give it one");
    }
    return new Case(
        name,
        object.get("entrypoint") instanceof StringValue own ? own.text() : entrypoint,
        input,
        object.get("result"));
  }

  /** Asks all of them. */
  void pass(PolicyEngine engine) throws BundleException {
    for (Case smoke : cases) {
      String wrong = wrong(smoke, answer(engine, smoke));
      if (wrong != null) {
        throw new BundleException(
            "the bundle's own smoke input "
                + smoke.name
                + " "
                + wrong
                + "; correct the policy, or data.system.smoke");
      }
    }
  }

  private static @Nullable String wrong(Case smoke, Evaluation answer) {
    return switch (answer) {
      case Evaluation.Defined(Value value, String revision) ->
          smoke.result == null || isPart(smoke.result, value)
              ? null
              : "was answered with " + cut(value) + " instead of " + cut(smoke.result);
      case Evaluation.Undefined ignored -> "has no answer";
      case Evaluation.Failed failed -> "failed: " + failed.cause().getMessage();
    };
  }

  private static String cut(Value value) {
    String text = value.toString();
    return text.length() > 300 ? text.substring(0, 300) + "…" : text;
  }

  /** Whether each member that is wanted is there; what is not an object must be equal. */
  private static boolean isPart(Value wanted, @Nullable Value value) {
    if (!(wanted instanceof ObjectValue members) || !(value instanceof ObjectValue object)) {
      return wanted.equals(value);
    }
    for (int i = 0; i < members.size(); i++) {
      if (!isPart(members.valueAt(i), object.get(members.keyAt(i)))) {
        return false;
      }
    }
    return true;
  }

  private static Evaluation answer(PolicyEngine engine, Case smoke) throws BundleException {
    CompletableFuture<Evaluation> answer = new CompletableFuture<>();
    engine.evaluate(smoke.entrypoint, smoke.input, answer::complete);
    try {
      return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw new BundleException(
          "the bundle's own smoke input " + smoke.name + " was not answered in time", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BundleException("stopped while the bundle was tried", e);
    }
  }

  /** Asks again and again. */
  void warm(PolicyEngine engine) throws BundleException {
    long end = System.nanoTime() + WARM_TIME.toNanos();
    for (int i = 0; i < WARM_ROUNDS && System.nanoTime() < end; i++) {
      for (Case smoke : cases) {
        answer(engine, smoke);
      }
    }
  }
}

package dev.blastwall.benchmarks;

import dev.blastwall.masking.MaskingKey;
import dev.blastwall.opa.Bundle;
import dev.blastwall.opa.BundleException;
import dev.blastwall.opa.Evaluation;
import dev.blastwall.opa.PolicyEngine;
import dev.blastwall.opa.Value;
import dev.blastwall.opa.bundle.BundleReader;
import dev.blastwall.opa.embedded.EmbeddedEngine;
import dev.blastwall.policy.Decision;
import dev.blastwall.policy.OpaPolicy;
import dev.blastwall.policy.Question;
import dev.blastwall.policy.SessionPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What the starter bundle decides about {@code pgbench -S}, in the embedded engine. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class StarterDecisionBenchmark {

  private static final String BUNDLE = "/bundles/starter.tar.gz";

  private final Question judge = PgbenchSelect.judge();
  private final Question describe = PgbenchSelect.describe();
  private final EmbeddedEngine engine;
  private final SessionPolicy policy;
  private final SessionPolicy remembering;
  private final Value input;

  /** Loads the bundle that ships. */
  public StarterDecisionBenchmark() {
    // JMH extends this class with constructors that may not throw what is checked.
    try {
      engine = EmbeddedEngine.load(bundle());
    } catch (IOException | BundleException e) {
      throw new IllegalStateException(e);
    }
    policy = policy(engine::evaluate);
    remembering = policy(engine);
    input = inputOf(judge);
  }

  /** The evaluation alone, of a statement. */
  @Benchmark
  public Evaluation evaluation() {
    return engine.evaluate(OpaPolicy.ENTRYPOINT, input);
  }

  /** From a statement to its decision: the input built, evaluated, the answer read. */
  @Benchmark
  public Decision statement() {
    return forwarded(policy, judge);
  }

  /** The same for its result, where masks are looked up. */
  @Benchmark
  public Decision result() {
    return forwarded(policy, describe);
  }

  /** A statement that the session asked before, as far as the policy can tell. */
  @Benchmark
  public Decision repeatedStatement() {
    return forwarded(remembering, judge);
  }

  /** The same for its result. */
  @Benchmark
  public Decision repeatedResult() {
    return forwarded(remembering, describe);
  }

  private static Decision forwarded(SessionPolicy policy, Question question) {
    Decision decision = answer(policy, question);
    if (decision instanceof Decision.Forward) {
      return decision;
    }
    throw new IllegalStateException("not forwarded: " + decision.explanation());
  }

  private static Decision answer(SessionPolicy policy, Question question) {
    Decision[] decision = new Decision[1];
    policy.decide("d", question, answer -> decision[0] = answer);
    return decision[0];
  }

  private static Bundle bundle() throws IOException, BundleException {
    try (InputStream in = StarterDecisionBenchmark.class.getResourceAsStream(BUNDLE)) {
      return BundleReader.read(Objects.requireNonNull(in, "the build puts the bundle there"));
    }
  }

  private static SessionPolicy policy(PolicyEngine engine) {
    return new OpaPolicy(engine, "starter", MaskingKey.random(), InstantSource.system())
        .of(PgbenchSelect.SESSION);
  }

  /** Asks an engine that only remembers what it was given. */
  private static Value inputOf(Question question) {
    AtomicReference<Value> input = new AtomicReference<>();
    PolicyEngine keeping =
        (entrypoint, given, then) -> {
          input.set(given);
          then.accept(Evaluation.Undefined.UNDEFINED);
        };
    answer(policy(keeping), question);
    return Objects.requireNonNull(input.get(), "it was asked");
  }
}

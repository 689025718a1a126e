package dev.blastwall.benchmarks;

import dev.blastwall.opa.BundleException;
import dev.blastwall.opa.Evaluation;
import dev.blastwall.opa.Json;
import dev.blastwall.opa.Value;
import dev.blastwall.opa.embedded.EmbeddedEngine;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The policies of {@code benchmarks/opa} in the embedded engine. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up first
public class EmbeddedPolicyBenchmark {

  /** Folders below those that {@code benchmarks/opa} builds. */
  @Param({"rbac", "sql", "one-rule", "thousand-rules", "ten-megabytes"})
  String policy = "";

  private EmbeddedEngine engine;
  private String entrypoint = "";
  private byte[] json = {};
  private Value input;

  /** Loads the bundle. */
  @Setup
  public void load() throws IOException, BundleException {
    PolicyFolder folder = PolicyFolder.named(policy);
    engine = folder.engine();
    entrypoint = folder.entrypoint();
    json = folder.input();
    input = Json.read(json);
  }

  /** With an input that the program has as values already. */
  @Benchmark
  public Evaluation values() {
    return engine.evaluate(entrypoint, input);
  }

  /** From JSON to JSON, as the other engines do it. */
  @Benchmark
  public byte[] json() throws IOException {
    return Json.writeBytes(
        ((Evaluation.Defined) engine.evaluate(entrypoint, Json.readLazily(json))).value());
  }
}

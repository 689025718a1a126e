package dev.blastwall.benchmarks;

import com.styra.opa.wasm.OpaPolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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

/** The policies of {@code benchmarks/opa} as WebAssembly in the JVM, by opa-java-wasm. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up first
public class WasmPolicyBenchmark {

  /** Folders below those that {@code benchmarks/opa} builds. */
  @Param({"rbac", "sql", "one-rule", "thousand-rules", "ten-megabytes"})
  String policy = "";

  private OpaPolicy wasm;
  private String json = "";

  /** Compiles the module and hands it its data. */
  @Setup
  public void load() throws IOException {
    PolicyFolder folder = PolicyFolder.named(policy);
    json = new String(folder.input(), StandardCharsets.UTF_8);
    wasm = OpaPolicy.builder().withPolicy(folder.file("policy.wasm")).build();
    wasm.data(Files.readString(folder.file("data.json")));
    wasm.entrypoint(folder.entrypoint());
  }

  /** From JSON to JSON: a set of results. */
  @Benchmark
  public String json() {
    String results = wasm.evaluate(json);
    if (results.length() < "[{\"result\":1}]".length()) {
      throw new IllegalStateException("the decision is undefined: " + results);
    }
    return results;
  }
}

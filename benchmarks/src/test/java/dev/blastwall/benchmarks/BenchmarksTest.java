package dev.blastwall.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastwall.protocol.postgresql.PostgresqlDecoderBenchmark;
import java.nio.file.Path;
import java.util.Collection;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs every benchmark once, in this process, so that none of them rots. */
class BenchmarksTest {

  /** The smallest of the policies that engines are compared on. */
  private static final String POLICY = "rbac";

  @TempDir private static Path policies;

  /** It measures nothing, so it may run beside another. */
  @BeforeAll
  static void besideOthers() {
    System.setProperty("jmh.ignoreLock", "true");
  }

  @BeforeAll
  static void buildThePolicy() throws Exception {
    Process build =
        new ProcessBuilder("policies/build", policies.toString(), POLICY).inheritIO().start();
    assertThat(build.waitFor()).isZero();
    System.setProperty("policies", policies.toString());
  }

  @Test
  void everyBenchmarkRuns() throws RunnerException {
    Options once =
        new OptionsBuilder()
            .forks(0)
            .warmupIterations(0)
            .measurementIterations(1)
            .mode(Mode.SingleShotTime)
            .shouldFailOnError(true)
            .param("policy", POLICY)
            .param("text", "POINT_SELECT")
            .param("content", "prose")
            .verbosity(VerboseMode.SILENT)
            .build();

    Collection<RunResult> results = new Runner(once).run();

    assertThat(results)
        .extracting(result -> result.getParams().getBenchmark())
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(
                    names(
                        StarterDecisionBenchmark.class,
                        "evaluation",
                        "statement",
                        "result",
                        "repeatedStatement",
                        "repeatedResult"),
                    names(EmbeddedPolicyBenchmark.class, "values", "json"),
                    names(WasmPolicyBenchmark.class, "json"),
                    names(TemplateCacheBenchmark.class, "hit"),
                    names(CacheMissBenchmark.class, "miss"),
                    names(DetectorBenchmark.class, "detect"),
                    names(PostgresqlDecoderBenchmark.class, "queries", "rows"))
                .flatMap(benchmarks -> benchmarks)
                .toList());
  }

  private static Stream<String> names(Class<?> benchmarks, String... methods) {
    return Stream.of(methods).map(method -> benchmarks.getName() + "." + method);
  }
}

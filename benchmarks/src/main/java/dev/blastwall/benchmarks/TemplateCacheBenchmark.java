package dev.blastwall.benchmarks;

import dev.blastwall.protocol.sql.SqlUnderstanding;
import dev.blastwall.protocol.sql.Understood;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Understanding pgbench's SELECT when it is known by its template. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class TemplateCacheBenchmark {

  private final SqlUnderstanding understanding = new SqlUnderstanding(1);
  private int next;

  /** Waits for the parser and fills the cache. */
  @Setup
  public void load() {
    hit();
  }

  /** Another literal of a known template. */
  @Benchmark
  public Understood hit() {
    return PgbenchSelect.understood(understanding, PgbenchSelect.TEXT + next++);
  }

  /** Ends the parser's threads. */
  @TearDown
  public void close() {
    understanding.close();
  }
}

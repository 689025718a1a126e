package dev.blastwall.benchmarks;

import dev.blastwall.opa.BundleException;
import dev.blastwall.opa.Evaluation;
import dev.blastwall.opa.Json;
import dev.blastwall.opa.Value;
import dev.blastwall.opa.embedded.EmbeddedEngine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.function.ToLongFunction;

/**
 * How long it takes from a bundle on disk to an engine that decides, and from there to its first
 * decision: in a JVM that has just started, and in one that did it before. Arguments: the folder of
 * the policy, how often.
 */
public final class BundleLoading {

  private static final int AIM_MILLIS = 300;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** What one round took, in nanoseconds: by the clock and of the thread's CPU. */
  private record Round(long loading, long loadingCpu, long decision) {}

  private BundleLoading() {}

  /** Measures and prints a table. */
  public static void main(String[] arguments) throws Exception {
    PolicyFolder folder = PolicyFolder.named(arguments[0]);
    Round cold = round(folder);
    Round[] warm = new Round[Integer.parseInt(arguments[1])];
    for (int i = 0; i < warm.length; i++) {
      warm[i] = round(folder);
    }
    long median = median(warm, Round::loading);
    System.out.println("|      | loaded [ms] | its CPU [ms] | first decision [ms] |");
    System.out.println("|------|------------:|-------------:|--------------------:|");
    print("cold", cold.loading, cold.loadingCpu, cold.decision);
    print("warm", median, median(warm, Round::loadingCpu), median(warm, Round::decision));
    System.out.printf(
        "aim, warm: at most %d ms: %s%n",
        AIM_MILLIS, median <= AIM_MILLIS * 1_000_000L ? "met" : "not met");
  }

  private static Round round(PolicyFolder folder) throws IOException, BundleException {
    String entrypoint = folder.entrypoint();
    Value input = Json.read(folder.input());
    long cpu = THREADS.getCurrentThreadCpuTime();
    long start = System.nanoTime();
    EmbeddedEngine engine = folder.engine();
    long loaded = System.nanoTime();
    long loadedCpu = THREADS.getCurrentThreadCpuTime();
    Evaluation evaluation = engine.evaluate(entrypoint, input);
    long decided = System.nanoTime();
    if (!(evaluation instanceof Evaluation.Defined)) {
      throw new IllegalStateException("it decided nothing: " + evaluation);
    }
    return new Round(loaded - start, loadedCpu - cpu, decided - loaded);
  }

  private static long median(Round[] rounds, ToLongFunction<Round> of) {
    return Arrays.stream(rounds).mapToLong(of).sorted().toArray()[rounds.length / 2];
  }

  private static void print(String when, long loading, long cpu, long decision) {
    System.out.printf(
        "| %s | %11.1f | %12.1f | %19.2f |%n", when, loading / 1e6, cpu / 1e6, decision / 1e6);
  }
}

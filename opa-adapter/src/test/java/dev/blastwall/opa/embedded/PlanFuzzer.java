package dev.blastwall.opa.embedded;

import dev.blastwall.opa.BundleException;
import dev.blastwall.opa.Json;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.Value;
import dev.blastwall.opa.plan.PlanMessages;
import dev.blastwall.opa.plan.PlanReader;
import dev.blastwall.opa.plan.Policy;
import dev.blastwall.opa.protobuf.MessageReader;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;

/**
 * Loads bytes as a plan and evaluates it; {@code ci/fuzz plan} calls it. Bytes that begin with a
 * brace are {@code plan.json}, with {@link #GRAMMAR} choices of {@link PlanGrammar}, and all others
 * {@code plan.pb}. A plan may be refused, and evaluating it may fail as the engine says; whatever
 * else is thrown is a finding.
 */
public final class PlanFuzzer {
  public static final byte GRAMMAR = 'g';

  private static final EngineOptions OPTIONS =
      new EngineOptions(false, Duration.ofMillis(500), 20_000, 4 << 20);
  private static final int MAX_TOKENS = 200_000;
  private static final int TINY_METHODS = 400;
  private static final String DATA =
      "{\"a\":{\"b\":[1,2,{\"a\":null}]},\"list\":[[],{},\"x\"],\"1\":3.5}";
  private static final String INPUT =
      "{\"a\":[1,\"a\",[true]],\"b\":{\"a\":{\"1\":\"x\"}},\"list\":7}";

  private PlanFuzzer() {}

  /** What Jazzer calls. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    try {
      Policy policy = PlanReader.read(document(bytes));
      ObjectValue data = (ObjectValue) Json.read(DATA);
      // Every other plan is cut into many methods.
      int limit = bytes.length % 2 == 0 ? Outliner.LIMIT : TINY_METHODS;
      EmbeddedEngine engine = EmbeddedEngine.load(policy, data, OPTIONS, limit);
      for (String entrypoint : engine.entrypoints()) {
        evaluate(engine, entrypoint);
      }
    } catch (IOException refused) {
      // As it should be.
    } catch (BundleException refused) {
      requireNoDefect(refused);
    }
  }

  /** Code that the JVM refuses should not have been made. */
  private static void requireNoDefect(BundleException refused) {
    if (refused.getCause() instanceof LinkageError defect) {
      throw defect;
    }
  }

  private static Value document(byte[] bytes) throws IOException {
    if (bytes.length == 0 || bytes[0] == '{') {
      return Json.read(bytes);
    }
    return bytes[0] == GRAMMAR
        ? new PlanGrammar(Arrays.copyOfRange(bytes, 1, bytes.length)).policy()
        : new MessageReader(bytes, MAX_TOKENS).read(PlanMessages.POLICY);
  }

  private static void evaluate(EmbeddedEngine engine, String entrypoint) throws IOException {
    engine.evaluate(entrypoint, Json.read(INPUT));
    engine.explain(entrypoint, Json.read(INPUT));
  }
}

package dev.blastwall.opa.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.BooleanValue;
import dev.blastwall.opa.Bundle;
import dev.blastwall.opa.BundleException;
import dev.blastwall.opa.Evaluation;
import dev.blastwall.opa.Json;
import dev.blastwall.opa.NullValue;
import dev.blastwall.opa.NumberValue;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.PolicyEngine;
import dev.blastwall.opa.PolicyException;
import dev.blastwall.opa.Value;
import dev.blastwall.opa.embedded.EmbeddedEngine;
import dev.blastwall.opa.embedded.EngineOptions;
import dev.blastwall.opa.sidecar.SidecarEngines;
import dev.blastwall.opa.sidecar.SidecarListener;
import dev.blastwall.opa.sidecar.SidecarOptions;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The embedded engine and a real OPA with the same bundle: generated inputs, which they must answer
 * alike, and the list of what they cannot ({@code ci/adr} says why). What begins to be alike fails
 * here and must leave the list.
 */
class EnginesComparedIT {
  private static final int SECONDS = 120;
  private static final int INPUTS = 500;

  private static final String POLICY =
      """
      package shop

      decision := {name: value | some name; value := results[name]}

      results.count := count(input.a)
      results.sum := sum(input.a)
      results.sorted := sort(input.a)
      results.distinct := {x | some x in input.a}
      results.upper := upper(input.a)
      results.split := split(input.a, "b")
      results.text := json.marshal(input)
      results.shown := sprintf("%v %d %s", [input.a, input.b, input.a])
      results.keys := object.keys(input.a)
      results.paths := [path | walk(input, [path, _])]
      results.less := input.a < input.b
      results.quotient := input.a / input.b
      results.rest := input.a % input.b
      results.difference := input.a - input.b
      results.merged := object.union(input.a, input.b)
      results.every if { every x in input.a { x > 0 } }
      results.lookup := input.a[input.b]
      results.not if not input.a
      results.type := type_name(input.a)
      """;

  @TempDir Path work;
  private final Random random = new Random(11);
  private final SidecarEngines sidecars =
      new SidecarEngines(
          Opa.path(),
          SidecarOptions.DEFAULT.withTimeout(Duration.ofSeconds(SECONDS)),
          "shop/decision",
          new SidecarListener() {});

  @AfterEach
  void close() {
    sidecars.close();
  }

  private Bundle bundle(String rego) throws Exception {
    byte[] archive = new Opa(work.resolve("policy")).source("shop.rego", rego).buildPlan();
    return BundleReader.read(new ByteArrayInputStream(archive));
  }

  private static Evaluation ask(PolicyEngine engine, String entrypoint, Value input)
      throws Exception {
    CompletableFuture<Evaluation> answer = new CompletableFuture<>();
    engine.evaluate(entrypoint, input, answer::complete);
    return answer.get(SECONDS, TimeUnit.SECONDS);
  }

  /** What JSON can say of an answer, and the kind of a failure. */
  private static Value shown(PolicyEngine engine, Value input) throws Exception {
    return switch (ask(engine, "shop/decision", input)) {
      case Evaluation.Defined(Value value, String revision) -> Json.read(Json.write(value));
      case Evaluation.Undefined undefined -> Value.of("undefined");
      case Evaluation.Failed failed -> Value.of(failed.cause().code());
    };
  }

  @Test
  void generatedInputsAreAnsweredAlike() throws Exception {
    Bundle bundle = bundle(POLICY);
    PolicyEngine embedded = EmbeddedEngine.load(bundle);
    PolicyEngine sidecar = sidecars.engine(bundle);

    for (int i = 0; i < INPUTS; i++) {
      Value input = new ObjectValue(2).put(Value.of("a"), any(3)).put(Value.of("b"), any(1));
      assertThat(shown(sidecar, input)).as(input.toString()).isEqualTo(shown(embedded, input));
    }
  }

  private Value any(int depth) {
    return switch (random.nextInt(depth > 0 ? 8 : 6)) {
      case 0 -> NullValue.NULL;
      case 1 -> BooleanValue.of(random.nextBoolean());
      case 2, 3 -> NumberValue.of(random.nextInt(7) - 2);
      case 4 -> NumberValue.parse(random.nextInt(100) + ".5");
      case 5 -> Value.of(List.of("", "a", "abc", "é", "😀", "\u0001<").get(random.nextInt(6)));
      case 6 -> array(depth);
      default -> object(depth);
    };
  }

  private Value array(int depth) {
    ArrayValue array = new ArrayValue(4);
    for (int i = random.nextInt(5); i > 0; i--) {
      array.add(any(depth - 1));
    }
    return array;
  }

  private Value object(int depth) {
    ObjectValue object = new ObjectValue(4);
    for (int i = random.nextInt(4); i > 0; i--) {
      object.put(Value.of(List.of("x", "y", "z").get(random.nextInt(3))), any(depth - 1));
    }
    return object;
  }

  @Test
  void conflictsAreOfOneKind() throws Exception {
    Bundle bundle =
        bundle("package shop\n\ndecision := 1 if input.a\n\ndecision := 2 if input.b\n");
    Value both = Json.read("{\"a\":true,\"b\":true}");

    assertThat(shown(EmbeddedEngine.load(bundle), both)).isEqualTo(Value.of("eval_conflict_error"));
    assertThat(shown(sidecars.engine(bundle), both)).isEqualTo(Value.of("eval_conflict_error"));
  }

  @Test
  void aSetComesFromOpaAsAnArrayForJsonHasNone() throws Exception {
    Bundle bundle = bundle("package shop\n\ndecision contains x if some x in input\n");
    Value input = Json.read("[2,1]");
    Evaluation embedded = ask(EmbeddedEngine.load(bundle), "shop/decision", input);
    Evaluation sidecar = ask(sidecars.engine(bundle), "shop/decision", input);

    assertThat(sidecar)
        .isNotEqualTo(embedded)
        .isEqualTo(new Evaluation.Defined(Json.read("[1,2]")));
  }

  @Test
  void aKeyThatIsNoStringComesFromOpaAsOneForJsonHasNoOther() throws Exception {
    Bundle bundle = bundle("package shop\n\ndecision := {1: input}\n");
    Evaluation embedded = ask(EmbeddedEngine.load(bundle), "shop/decision", Value.of(2));
    Evaluation sidecar = ask(sidecars.engine(bundle), "shop/decision", Value.of(2));

    assertThat(sidecar)
        .isNotEqualTo(embedded)
        .isEqualTo(new Evaluation.Defined(Json.read("{\"1\":2}")));
  }

  @Test
  void nullAsTheWholeInputIsNoInputToOpa() throws Exception {
    Bundle bundle = bundle("package shop\n\ndecision := type_name(input)\n");
    Evaluation embedded = ask(EmbeddedEngine.load(bundle), "shop/decision", NullValue.NULL);
    Evaluation sidecar = ask(sidecars.engine(bundle), "shop/decision", NullValue.NULL);

    assertThat(embedded).isEqualTo(new Evaluation.Defined(Value.of("null")));
    assertThat(sidecar).isEqualTo(Evaluation.Undefined.UNDEFINED);
  }

  @Test
  void zeroByANegativeNumberKeepsItsSignInOpa() throws Exception {
    Bundle bundle = bundle("package shop\n\ndecision := json.marshal(0 / input)\n");
    Evaluation embedded = ask(EmbeddedEngine.load(bundle), "shop/decision", Value.of(-1));
    Evaluation sidecar = ask(sidecars.engine(bundle), "shop/decision", Value.of(-1));

    assertThat(embedded).isEqualTo(new Evaluation.Defined(Value.of("0")));
    assertThat(sidecar).isEqualTo(new Evaluation.Defined(Value.of("-0")));
  }

  @Test
  void opaDoesNotKnowWhatABundleWasBuiltFor() throws Exception {
    Bundle bundle = bundle("package shop\n\ndecision := 1\n");
    Evaluation embedded = ask(EmbeddedEngine.load(bundle), "shop/other", NullValue.NULL);
    Evaluation sidecar = ask(sidecars.engine(bundle), "shop/other", NullValue.NULL);

    assertThat(((Evaluation.Failed) embedded).cause())
        .isInstanceOf(PolicyException.UnknownEntrypoint.class);
    assertThat(sidecar).isEqualTo(Evaluation.Undefined.UNDEFINED);
  }

  @Test
  void opaFindsTheRulesForTheLogWithoutAnEntrypoint() throws Exception {
    Opa opa =
        new Opa(work.resolve("policy")).source("shop.rego", "package shop\n\ndecision := 1\n");
    opa.source("log.rego", "package system.log\n\nmask contains \"/input/x\"\n");
    Bundle bundle = BundleReader.read(new ByteArrayInputStream(opa.buildPlan()));

    assertThatThrownBy(
            () -> new EmbeddedEngines(EngineOptions.DEFAULT, "shop/decision").engine(bundle))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("-e system/log/mask");
    assertThat(ask(sidecars.engine(bundle), "system/log/mask", Json.read("{}")))
        .isEqualTo(new Evaluation.Defined(Json.read("[\"/input/x\"]")));
  }

  @Test
  void opaHasBuiltInsThatTheDataPathRefuses() throws Exception {
    Bundle bundle =
        bundle(
            """
            package shop

            decision := http.send({"method": "get", "url": input.url}) if input.url
            """);

    assertThatThrownBy(() -> EmbeddedEngine.load(bundle))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("http.send");
    assertThat(ask(sidecars.engine(bundle), "shop/decision", Json.read("{}")))
        .isEqualTo(Evaluation.Undefined.UNDEFINED);
  }
}

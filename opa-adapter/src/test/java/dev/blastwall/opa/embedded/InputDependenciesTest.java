package dev.blastwall.opa.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.BundleException;
import dev.blastwall.opa.InputDependencies;
import dev.blastwall.opa.Json;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.PolicyException;
import dev.blastwall.opa.Value;
import dev.blastwall.opa.builtin.Builtins;
import dev.blastwall.opa.plan.Block;
import dev.blastwall.opa.plan.Operand;
import dev.blastwall.opa.plan.Policy;
import dev.blastwall.opa.plan.Statement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class InputDependenciesTest {
  private static final Value KIND = Value.of("kind");
  private static final Value COMMAND = Value.of("command");

  @Test
  void whatIsComparedMattersAndWhatStandsBesideItDoesNot() {
    // Given
    InputDependencies reads =
        of(dot(0, COMMAND, 3), dot(3, KIND, 4), new Statement.Equal(local(4), constant("sql")));

    // Then
    assertThat(reads.key(command("sql", "select 1"))).isEqualTo(reads.key(command("sql", "x")));
    assertThat(reads.key(command("sql", "x"))).isNotEqualTo(reads.key(command("ssh", "x")));
    assertThat(reads.key(command("sql", "x"))).isNotEqualTo(reads.key(new ObjectValue(0)));
  }

  @Test
  void whatIsPassedOnMattersAsAWhole() {
    InputDependencies reads = of(dot(0, COMMAND, 3), new Statement.Return(3));

    assertThat(reads.key(command("sql", "x"))).isNotEqualTo(reads.key(command("sql", "y")));
  }

  @Test
  void aPlaceThatIsOnlyLookedForMattersByWhetherItIsThere() {
    InputDependencies reads = of(dot(0, COMMAND, 3));

    assertThat(reads.key(command("sql", "x"))).isEqualTo(reads.key(command("ssh", "y")));
    assertThat(reads.key(command("sql", "x"))).isNotEqualTo(reads.key(new ObjectValue(0)));
  }

  @Test
  void placesThatAreTheOnesReadOrAboveThemAreAll() {
    InputDependencies reads =
        of(dot(0, COMMAND, 3), dot(3, KIND, 4), new Statement.Equal(local(4), constant("sql")));

    assertThat(reads.isWithin(Set.of(List.of("command", "kind"), List.of("other")))).isTrue();
    assertThat(reads.isWithin(Set.of(List.of("command")))).isTrue();
    assertThat(reads.isWithin(Set.of(List.of("command", "text")))).isFalse();
    assertThat(reads.isWithin(Set.of(List.of("command", "kind", "more")))).isFalse();
  }

  @Test
  void aLocalUsedAgainForAnotherThingNamesNoInput() {
    InputDependencies reads =
        of(dot(0, COMMAND, 3), new Statement.MakeObject(3), new Statement.Return(3));

    assertThat(reads.key(command("sql", "x"))).isEqualTo(reads.key(command("ssh", "y")));
  }

  @Test
  void aLocalThatMayStillHoldInputAfterABlockIsFollowed() {
    Statement leaves =
        new Statement.Blocks(
            List.of(
                new Block(
                    List.of(
                        dot(0, COMMAND, 3),
                        new Statement.IsDefined(5),
                        new Statement.MakeObject(3)))));
    InputDependencies reads = of(leaves, new Statement.Return(3));

    assertThat(reads.key(command("sql", "x"))).isNotEqualTo(reads.key(command("ssh", "y")));
  }

  @Test
  void aPlanThatWalksDownItsInputForEverIsReadToTheEnd() {
    Statement walk =
        new Statement.Scan(
            1, 3, 4, new Block(List.of(dot(5, COMMAND, 6), new Statement.Assign(local(6), 5))));
    InputDependencies reads = of(new Statement.Assign(local(0), 5), walk);

    assertThat(reads.key(command("sql", "x"))).isNotNull();
  }

  @Test
  void nothingIsSaidOfAPolicyThatReadsTheClock() {
    Policy policy = new Policy(List.of(), List.of(), List.of("time.now_ns"));

    assertThat(InputReads.of(policy).key(command("sql", "x"))).isNull();
  }

  /** On OPA's own cases: whatever change of an input leaves its key alone, changes no result. */
  @Test
  void inputsWithEqualKeysHaveEqualResults() throws Exception {
    int alike = 0;
    int told = 0;
    for (ConformanceCase each : casesWithInput()) {
      EmbeddedEngine engine = engine(each);
      ObjectValue input = (ObjectValue) Objects.requireNonNull(each.json().get("input"));
      Object key = engine.dependencies().key(input);
      for (ObjectValue changed : changes(input)) {
        if (key != null && key.equals(engine.dependencies().key(changed))) {
          assertThat(outcome(engine, each, changed))
              .as("%s with %s", each.name(), changed)
              .isEqualTo(outcome(engine, each, input));
          alike++;
        } else {
          told++;
        }
      }
    }
    assertThat(alike).isGreaterThan(100);
    assertThat(told).isGreaterThan(100);
  }

  private static EmbeddedEngine engine(ConformanceCase each) throws BundleException {
    ObjectValue data =
        each.json().get("data") instanceof ObjectValue object ? object : new ObjectValue(0);
    return EmbeddedEngine.load(each.policy(), data, EngineOptions.DEFAULT, Outliner.LIMIT);
  }

  private static String outcome(EmbeddedEngine engine, ConformanceCase each, Value input) {
    try {
      return engine.query(each.policy().entrypoints().getFirst().name(), input).toString();
    } catch (PolicyException e) {
      return e.code();
    }
  }

  /** The same with one member more, less, or another, down to the third level. */
  private static List<ObjectValue> changes(ObjectValue input) {
    return changes(input, 3);
  }

  private static List<ObjectValue> changes(ObjectValue object, int levels) {
    List<ObjectValue> changes = new ArrayList<>();
    changes.add(object.copy(1).put("a member that is new", 1));
    for (int i = 0; i < object.size(); i++) {
      Value key = object.keyAt(i);
      changes.add(without(object, key));
      changes.add(object.copy(0).put(key, Value.of("something else")));
      if (levels > 1 && object.valueAt(i) instanceof ObjectValue member) {
        changes(member, levels - 1).forEach(it -> changes.add(object.copy(0).put(key, it)));
      }
    }
    return changes;
  }

  private static ObjectValue without(ObjectValue object, Value key) {
    ObjectValue rest = new ObjectValue(object.size());
    for (int i = 0; i < object.size(); i++) {
      if (!object.keyAt(i).equals(key)) {
        rest.put(object.keyAt(i), object.valueAt(i));
      }
    }
    return rest;
  }

  private static List<ConformanceCase> casesWithInput() throws IOException, BundleException {
    List<ConformanceCase> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of("target/conformance"))) {
      for (Path file : files.filter(it -> it.toString().endsWith(".json")).sorted().toList()) {
        ObjectValue document = (ObjectValue) Json.read(Files.readAllBytes(file));
        for (Value json : ((ArrayValue) Objects.requireNonNull(document.get("cases"))).asList()) {
          ConformanceCase read = ConformanceCase.read(json);
          if (read.json().get("input") instanceof ObjectValue
              && Builtins.offered().keySet().containsAll(read.policy().builtins())) {
            found.add(read);
          }
        }
      }
    }
    return found;
  }

  private static InputDependencies of(Statement... statements) {
    Block block = new Block(List.of(statements));
    return InputReads.of(
        new Policy(List.of(new Policy.Entrypoint("test", List.of(block))), List.of(), List.of()));
  }

  private static Statement dot(int source, Value key, int target) {
    return new Statement.Dot(local(source), new Operand.Constant(key), target);
  }

  private static Operand local(int index) {
    return new Operand.Local(index);
  }

  private static Operand constant(String text) {
    return new Operand.Constant(Value.of(text));
  }

  private static ObjectValue command(String kind, String text) {
    return new ObjectValue(1).put(COMMAND, new ObjectValue(2).put("kind", kind).put("text", text));
  }
}

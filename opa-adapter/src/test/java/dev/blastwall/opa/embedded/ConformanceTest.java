package dev.blastwall.opa.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.BundleException;
import dev.blastwall.opa.Explanation;
import dev.blastwall.opa.Json;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.Value;
import dev.blastwall.opa.builtin.Builtins;
import dev.blastwall.opa.plan.Block;
import dev.blastwall.opa.plan.Policy;
import dev.blastwall.opa.plan.Statement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Runs OPA's own test cases, v0 and v1, as far as their built-ins are offered, and writes {@code
 * target/conformance.json}.
 *
 * <p>The cases of {@code conformance-exceptions.txt} are known to fail, each with its reason; one
 * that begins to pass has to leave the list.
 */
class ConformanceTest {
  private static final Path CASES = Path.of("target/conformance");

  /** How much of OPA the offered built-ins have to cover. */
  private static final double LEAST_OFFERED = 0.985;

  /** So small that most functions are split into several methods. */
  private static final int TINY_METHODS = 700;

  @Test
  void everyCaseWhoseBuiltinsAreOfferedPassesUnlessItIsOnTheList() throws Exception {
    // Given
    Map<String, String> exceptions = exceptions("");

    // When
    Run run = run("", Outliner.LIMIT);

    // Then
    System.out.println(run.table());
    Files.writeString(Path.of("target/conformance.json"), run.report(exceptions));
    assertThat(run.failures.keySet())
        .as("%s", run.failures)
        .containsExactlyInAnyOrderElementsOf(exceptions.keySet());
    assertThat((double) run.all.offered / run.all.total)
        .as("cases that lack a built-in: %s", run.missing)
        .isGreaterThanOrEqualTo(LEAST_OFFERED);
  }

  @Test
  void splittingFunctionsIntoManyMethodsChangesNoResult() throws Exception {
    // When
    Run run = run("v1", TINY_METHODS);

    // Then
    assertThat(run.failures.keySet())
        .as("%s", run.failures)
        .containsExactlyInAnyOrderElementsOf(exceptions("v1").keySet());
  }

  @Test
  void everyPlanIsTheSameInBothForms() throws Exception {
    for (Path file : files()) {
      for (Value json : cases(file)) {
        ConformanceCase aCase = ConformanceCase.read(json);
        assertThat(aCase.policyFromMessage()).as(aCase.name()).isEqualTo(aCase.policy());
      }
    }
  }

  @Test
  void howFarRulesCameChangesNothingAboutThoseThatHeld() throws Exception {
    int missed = 0;
    for (Path file : files()) {
      for (Value json : cases(file)) {
        ConformanceCase aCase = ConformanceCase.read(json);
        if (Builtins.offered().keySet().containsAll(aCase.policy().builtins())) {
          // When
          Explanation explanation = aCase.explanation(aCase.policy());

          // Then
          assertThat(explanation.rules())
              .as(aCase.name())
              .isEqualTo(aCase.explanation(withoutPassed(aCase.policy())).rules());
          assertThat(explanation.misses())
              .as(aCase.name())
              .allMatch(ConformanceTest::isPossible)
              .noneMatch(miss -> explanation.rules().contains(miss.rule()));
          missed += explanation.misses().size();
        }
      }
    }
    assertThat(missed).isGreaterThan(500);
  }

  private static boolean isPossible(Explanation.Miss miss) {
    return miss.rule().row() <= miss.stoppedAt() && miss.met() <= miss.conditions();
  }

  private static Policy withoutPassed(Policy policy) {
    return new Policy(
        policy.entrypoints(),
        policy.functions().stream()
            .map(it ->
                new Policy.Function(it.name(), it.path(), it.params(), withoutPassed(it.blocks())))
            .toList(),
        policy.builtins());
  }

  private static List<Block> withoutPassed(List<Block> blocks) {
    return blocks.stream()
        .map(block ->
            new Block(
                block.statements().stream()
                    .filter(it -> !(it instanceof Statement.Passed))
                    .map(it -> Walks.withBlocks(it, withoutPassed(Walks.blocksOf(it))))
                    .toList()))
        .toList();
  }

  /** Cases that were found, that could be run, and that gave the wanted answer. */
  private static final class Tally {
    private int total;
    private int offered;
    private int passed;

    private String line(String name) {
      return String.format("%-40s %6d %8d %7d%n", name, total, offered, passed);
    }
  }

  private static final class Run {
    private final Map<String, Tally> categories = new TreeMap<>();
    private final Map<String, String> failures = new TreeMap<>();
    private final Map<String, Integer> missing = new TreeMap<>();
    private final Tally all = new Tally();

    private void add(ConformanceCase aCase, int methodLimit) {
      List<String> unoffered =
          aCase.policy().builtins().stream()
              .filter(name -> !Builtins.offered().containsKey(name))
              .toList();
      unoffered.forEach(name -> missing.merge(name, 1, Integer::sum));
      String failure = unoffered.isEmpty() ? aCase.run(methodLimit) : null;
      if (failure != null) {
        failures.put(aCase.name(), failure);
      }
      for (Tally tally :
          List.of(all, categories.computeIfAbsent(aCase.category(), name -> new Tally()))) {
        tally.total++;
        tally.offered += unoffered.isEmpty() ? 1 : 0;
        tally.passed += unoffered.isEmpty() && failure == null ? 1 : 0;
      }
    }

    private String table() {
      StringBuilder table =
          new StringBuilder(
              String.format("%-40s %6s %8s %7s%n", "conformance", "total", "offered", "passed"));
      categories.forEach((name, tally) -> table.append(tally.line(name)));
      return table.append(all.line("all")).append("lacking: ").append(missing).toString();
    }

    private String report(Map<String, String> exceptions) {
      return Json.write(
          new ObjectValue(5)
              .put("total", all.total)
              .put("offered", all.offered)
              .put("passed", all.passed)
              .put("failed", ArrayValue.ofStrings(failures.keySet()))
              .put("exceptions", ObjectValue.ofStrings(exceptions)));
    }
  }

  private static Run run(String suite, int methodLimit) throws IOException, BundleException {
    Run run = new Run();
    for (Path file : files()) {
      if (file.getFileName().toString().startsWith(suite)) {
        for (Value json : cases(file)) {
          run.add(ConformanceCase.read(json), methodLimit);
        }
      }
    }
    return run;
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(CASES)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  private static List<Value> cases(Path file) throws IOException {
    ObjectValue document = (ObjectValue) Json.read(Files.readAllBytes(file));
    return ((ArrayValue) Objects.requireNonNull(document.get("cases"))).asList();
  }

  /** The reasons on the list by the names of the cases. */
  private static Map<String, String> exceptions(String suite) throws IOException {
    try (var in =
        Objects.requireNonNull(
            ConformanceTest.class.getResourceAsStream("/conformance-exceptions.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#") && line.startsWith(suite))
          .map(line -> line.split("  # ", 2))
          .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
    }
  }
}

package dev.blastwall.opa.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.BundleException;
import dev.blastwall.opa.Json;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.Value;
import dev.blastwall.opa.builtin.Builtins;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Runs OPA's own test cases, v0 and v1, as far as their built-ins are offered.
 *
 * <p>The cases of {@code conformance-exceptions.txt} are known to fail, each with its reason; one
 * that begins to pass has to leave the list.
 */
class ConformanceTest {
  private static final Path CASES = Path.of("target/conformance");

  /** What was measured when it was last raised: fewer means that built-ins or cases got lost. */
  private static final int LEAST_CASES_RUN = 2_986;

  /** So small that most functions are split into several methods. */
  private static final int TINY_METHODS = 700;

  @Test
  void everyCaseWhoseBuiltinsAreOfferedPassesUnlessItIsOnTheList() throws Exception {
    // When
    Run run = run("", Outliner.LIMIT);

    // Then
    System.out.println("conformance: " + run);
    assertThat(run.failures.keySet())
        .as("%s", run.failures)
        .containsExactlyInAnyOrderElementsOf(exceptions(""));
    assertThat(run.run).isGreaterThanOrEqualTo(LEAST_CASES_RUN);
  }

  @Test
  void splittingFunctionsIntoManyMethodsChangesNoResult() throws Exception {
    // When
    Run run = run("v1", TINY_METHODS);

    // Then
    assertThat(run.failures.keySet())
        .as("%s", run.failures)
        .containsExactlyInAnyOrderElementsOf(exceptions("v1"));
  }

  private static final class Run {
    private final Map<String, String> failures = new TreeMap<>();
    private final Map<String, Integer> missing = new TreeMap<>();
    private int run;
    private int total;

    private void add(ConformanceCase aCase, int methodLimit) {
      total++;
      List<String> unoffered =
          aCase.policy().builtins().stream()
              .filter(name -> !Builtins.offered().containsKey(name))
              .toList();
      unoffered.forEach(name -> missing.merge(name, 1, Integer::sum));
      if (unoffered.isEmpty()) {
        run++;
        String failure = aCase.run(methodLimit);
        if (failure != null) {
          failures.put(aCase.name(), failure);
        }
      }
    }

    @Override
    public String toString() {
      return run
          + " of "
          + total
          + " cases run, "
          + failures.size()
          + " failed; cases that lack a built-in: "
          + missing;
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

  /** The names of the cases on the list: everything before a {@code # reason}. */
  private static List<String> exceptions(String suite) throws IOException {
    try (var in =
        Objects.requireNonNull(
            ConformanceTest.class.getResourceAsStream("/conformance-exceptions.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#") && line.startsWith(suite))
          .map(line -> line.substring(0, line.indexOf("  # ")))
          .toList();
    }
  }
}

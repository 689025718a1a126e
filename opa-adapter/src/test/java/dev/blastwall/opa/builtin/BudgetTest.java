package dev.blastwall.opa.builtin;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blastwall.opa.PolicyException;
import java.util.Collections;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Short arguments that ask for a huge value end the decision, not the process. */
class BudgetTest {
  static Stream<Arguments> bombs() {
    return Stream.of(
        bomb("bits.lsh", "1", "1000000000000"),
        bomb("numbers.range", "0", "1000000000000000000000"),
        bomb("numbers.range_step", "0", "-1000000000000000000000", "1"),
        bomb("net.cidr_expand", "\"::/0\""),
        bomb("replace", Calls.text("a".repeat(100_000)), "\"a\"", Calls.text("b".repeat(100_000))),
        bomb(
            "regex.replace",
            Calls.text("a".repeat(100_000)),
            "\"a\"",
            Calls.text("b".repeat(100_000))),
        bomb("yaml.unmarshal", Calls.text(manyLaughs())),
        bomb("strings.render_template", "\"{{range 1000000000000}}x{{end}}\"", "{}"),
        bomb("graph.reachable_paths", completeGraph(24), "[\"0\"]"),
        bomb("regex.globs_match", Calls.text("[ -\uffff]".repeat(200)), "\"a\""),
        bomb(
            "json.marshal_with_options",
            "[".repeat(400) + "]".repeat(400),
            "{\"indent\": " + Calls.text(" ".repeat(10_000)) + "}"));
  }

  private static Arguments bomb(String name, String... arguments) {
    return Arguments.of(name, arguments);
  }

  private static String manyLaughs() {
    StringBuilder text = new StringBuilder("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol]\n");
    for (int i = 1; i < 9; i++) {
      String alias = "*a" + (i - 1);
      text.append(
          "a%d: &a%d [%s]%n".formatted(i, i, String.join(", ", Collections.nCopies(8, alias))));
    }
    return text.toString();
  }

  private static String completeGraph(int nodes) {
    StringBuilder graph = new StringBuilder("{");
    for (int from = 0; from < nodes; from++) {
      graph.append(from == 0 ? "" : ",").append('"').append(from).append("\": [");
      for (int to = 0; to < nodes; to++) {
        graph.append(to == 0 ? "" : ",").append('"').append(to).append('"');
      }
      graph.append(']');
    }
    return graph.append('}').toString();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bombs")
  void aValueBeyondTheBudgetEndsTheDecision(String name, String[] arguments) {
    assertThatThrownBy(() -> new Calls().call(name, arguments))
        .isInstanceOf(PolicyException.BudgetExceeded.class);
  }
}

package dev.blastwall.opa.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.Value;
import dev.blastwall.opa.builtin.OpaAnswers.Call;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real OPA and this engine print the same values by the same formats. */
class FormattingIT {
  private static final int CALLS = 4_000;
  private static final List<String> ARGUMENTS =
      List.of(
          "0",
          "1",
          "-7",
          "65",
          "1114112",
          "9223372036854775808",
          "-99999999999999999999",
          "1.0",
          "-0.0",
          "2.5",
          "-3.14159",
          "1e6",
          "1e-7",
          "123456789.5",
          "5e-324",
          "1e300",
          "\"\"",
          "\"a\"",
          "\"ab\\u00e9<\\\"`\"",
          "\"\\u0001\"",
          "true",
          "null",
          "[1,\"x\"]",
          "{\"a\":1}");

  @Test
  void textsAreAsOpaPrintsThem(@TempDir Path folder) throws Exception {
    // Given
    Random random = new Random(20_261_121L);
    List<Call> calls = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      calls.add(new Call("sprintf", Value.of("<" + directive(random) + ">"), arguments(random)));
    }

    // When
    List<@Nullable Value> theirs = OpaAnswers.to(folder, calls);

    // Then
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      Value ours = calls.get(i).answer();
      if (ours == null || !ours.equals(theirs.get(i))) {
        differences.add(calls.get(i).arguments() + " " + ours + " instead of " + theirs.get(i));
      }
    }
    assertThat(differences).isEmpty();
  }

  private static String directive(Random random) {
    String flags =
        random
            .ints(random.nextInt(3), 0, 5)
            .mapToObj(i -> "+- 0#".substring(i, i + 1))
            .reduce("", String::concat);
    String width = random.nextInt(3) == 0 ? String.valueOf(1 + random.nextInt(12)) : "";
    String precision = random.nextInt(3) == 0 ? "." + random.nextInt(8) : "";
    String verbs = "vTtdboOxXcqUeEfFgGs%z";
    int verb = random.nextInt(verbs.length());
    return "%" + flags + width + precision + verbs.charAt(verb);
  }

  private static ArrayValue arguments(Random random) {
    return ArrayValue.of(
        IntStream.range(0, 1 + random.nextInt(10) / 9)
            .mapToObj(i -> Calls.json(ARGUMENTS.get(random.nextInt(ARGUMENTS.size()))))
            .toList());
  }
}

package dev.blastwall.opa.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.Value;
import dev.blastwall.opa.builtin.OpaAnswers.Call;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real OPA and this engine verify the same chains of certificates. */
class X509ChainsIT {
  private static final int CHAINS = 600;
  private static final long SEED = 20_261_121L;
  private static final String NAME = "crypto.x509.parse_and_verify_certificates_with_options";

  @Test
  void chainsAreVerifiedAsByOpa(@TempDir Path folder) throws Exception {
    // Given
    List<Call> calls = calls(new RandomChains(SEED, 0));

    // When
    List<@Nullable Value> theirs = OpaAnswers.to(folder, calls);

    // Then
    assertThat(calls).extracting(Call::answer).isEqualTo(theirs);
    assertThat(theirs).filteredOn(X509ChainsIT::isValid).hasSizeGreaterThan(CHAINS / 4);
    assertThat(theirs).filteredOn(answer -> !isValid(answer)).hasSizeGreaterThan(CHAINS / 4);
  }

  @Test
  void constraintsOfNamesAreNeverTakenMoreLightlyThanByOpa(@TempDir Path folder) throws Exception {
    // Given
    List<Call> calls = calls(new RandomChains(SEED, 30));

    // When
    List<@Nullable Value> theirs = OpaAnswers.to(folder, calls);

    // Then
    int valid = 0;
    for (int i = 0; i < CHAINS; i++) {
      if (isValid(calls.get(i).answer())) {
        assertThat(calls.get(i).answer()).as("%s", calls.get(i)).isEqualTo(theirs.get(i));
        valid++;
      }
    }
    assertThat(valid).isGreaterThan(CHAINS / 10);
  }

  private static List<Call> calls(RandomChains random) {
    List<Call> calls = new ArrayList<>();
    for (int i = 0; i < CHAINS; i++) {
      calls.add(new Call(NAME, random.chain(), random.options()));
    }
    return calls;
  }

  private static boolean isValid(@Nullable Value answer) {
    return ((ArrayValue) Objects.requireNonNull(answer)).get(0).equals(Value.of(true));
  }

  @Test
  void optionsThatOpaDoesNotTakeAreUndefined(@TempDir Path folder) throws Exception {
    // Given
    Value chain = new RandomChains(SEED, 0).chain();
    List<Call> calls =
        List.of(
            new Call(NAME, chain, Calls.json("{\"x\":1}")),
            new Call(NAME, chain, Calls.json("{\"DNSName\":1}")),
            new Call(NAME, chain, Calls.json("{\"CurrentTime\":\"1\"}")),
            new Call(NAME, chain, Calls.json("{\"CurrentTime\":1.5}")),
            new Call(NAME, chain, Calls.json("{\"MaxConstraintComparisons\":\"1\"}")),
            new Call(NAME, chain, Calls.json("{\"KeyUsages\":\"KeyUsageAny\"}")),
            new Call(NAME, chain, Calls.json("{\"KeyUsages\":[\"x\"]}")));

    // When
    List<@Nullable Value> theirs = OpaAnswers.to(folder, calls);

    // Then
    assertThat(calls).extracting(Call::answer).isEqualTo(theirs).containsOnlyNulls();
  }
}

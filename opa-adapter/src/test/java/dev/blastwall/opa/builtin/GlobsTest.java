package dev.blastwall.opa.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blastwall.opa.Value;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What OPA 1.22.0 answered to the same calls. */
class GlobsTest {
  private final Calls calls = new Calls();

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "*.b a.b true",
        "*.b a.c.b false",
        "**.b a.c.b true",
        "[]-a] _ true",
        "[ab-] - true",
        "[^-c] a true",
        "[!a-c] b false",
        "{a,{b,c}d} cd true",
        "{,a}x x true",
      })
  void aTextFitsAsInOpa(String glob, String text, boolean fits) {
    assertThat(calls.call("glob.match", Calls.text(glob), "[]", Calls.text(text)))
        .isEqualTo(Value.of(fits));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {"[a-] input", "[] range", "{a unclosed", "a\\ backslash", "[b-a] less", "[a input"})
  void aMalformedGlobIsAnError(String glob, String reason) {
    assertThatThrownBy(() -> calls.call("glob.match", Calls.text(glob), "[]", "\"a\""))
        .isInstanceOf(BuiltinFailure.class)
        .hasMessageContaining(reason);
  }
}

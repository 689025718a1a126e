package dev.blastwall.opa.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.Json;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The right-hand sides were printed by Go 1.26. */
class FormattingTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "%v|[1000000.0]|1e+06",
        "%v|[0.00001]|1e-05",
        "%.3g|[1234.5678]|1.23e+03",
        "%e|[12345.678]|1.234568e+04",
        "%e|[0.0]|0.000000e+00",
        "%.0f|[2.5]|2",
        "%5.2f|[3.14159]| 3.14",
        "%08.3f|[-3.14159]|-003.142",
        "%+d|[5]|+5",
        "%06d|[-42]|-00042",
        "%-6d.|[42]|42    .",
        "%x|[\"hello\"]|68656c6c6f",
        "% x|[\"hello\"]|68 65 6c 6c 6f",
        "%#x|[255]|0xff",
        "%x|[-255]|-ff",
        "%05s|[\"ab\"]|000ab",
        "%.2s|[\"abc\"]|ab",
        "%q|[65]|'A'",
        "%U|[65]|U+0041",
        "%d|[\"foo\"]|%!d(string=foo)",
        "%s|[5]|%!s(int64=5)",
        "%d|[3.5]|%!d(float64=3.5)",
        "%d %d|[1]|1 %!d(MISSING)",
        "a%|[3]|a%!(NOVERB)%!(EXTRA int64=3)",
        "%[2]d %[1]d|[1, 2]|2 1",
        "%[3]d|[1]|%!d(BADINDEX)",
        "%*d|[5, 1]|    1",
        "%v|[{\"a\": [1, \"x\"]}]|{\"a\": [1, \"x\"]}",
        "%d%%|[7]|7%",
      })
  void formatsAsGoDoes(String format, String values, String expected) throws Exception {
    // Given
    Builtin.Binary sprintf =
        (Builtin.Binary) Objects.requireNonNull(Builtins.offered().get("sprintf"));
    ArrayValue arguments = (ArrayValue) Json.read(values);

    // When
    Value text =
        sprintf.apply(new EvaluationContext(1_000_000_000, 1_000), Value.of(format), arguments);

    // Then
    assertThat(text).isEqualTo(new StringValue(expected));
  }
}

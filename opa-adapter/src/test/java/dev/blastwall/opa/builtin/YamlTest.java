package dev.blastwall.opa.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastwall.opa.StringValue;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What OPA 1.22.0 answered to the same calls. */
class YamlTest {
  private final Calls calls = new Calls();

  @Test
  void scalarsAreReadAsOpaReadsThem() {
    // Given
    String yaml =
        """
        octal: 0777
        new octal: 0o14
        hex: 0x1F
        underscore: 1_000
        tagged: !!str 12
        exponent: 1e3
        date: 2020-01-01
        old: [on, yes, ~]
        base: &b {x: 1}
        derived:
          <<: *b
          y: 2
        not octal: 089
        1.5: key
        """;

    // Then
    assertThat(calls.call("yaml.unmarshal", Calls.text(yaml)))
        .isEqualTo(
            Calls.json(
                """
                {"octal": 511, "new octal": 12, "hex": 31, "underscore": 1000, "tagged": "12",
                 "exponent": 1000, "date": "2020-01-01", "old": ["on", "yes", null],
                 "base": {"x": 1}, "derived": {"x": 1, "y": 2}, "not octal": 89, "1.5": "key"}
                """));
  }

  @Test
  void textsAreQuotedWhereAReaderCouldMistakeThem() {
    // When
    StringValue yaml =
        (StringValue)
            Objects.requireNonNull(
                calls.call(
                    "yaml.marshal",
                    """
                    {"a": ["x", "yes", "1", "", " lead", "a: b", "two\\nlines\\n", "open\\nend",
                     "tab\\t", [], {}, [1, [2]], {"k": {"z": null}}]}
                    """));

    // Then
    assertThat(yaml.text())
        .isEqualTo(
            """
            a:
              - x
              - "yes"
              - "1"
              - ""
              - ' lead'
              - 'a: b'
              - |
                two
                lines
              - |-
                open
                end
              - "tab\\t"
              - []
              - {}
              - - 1
                - - 2
              - k:
                  z: null
            """);
  }
}

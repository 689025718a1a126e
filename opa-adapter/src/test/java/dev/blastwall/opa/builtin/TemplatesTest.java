package dev.blastwall.opa.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blastwall.opa.Value;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What OPA 1.22.0 answered to the same calls. */
class TemplatesTest {
  private static final String VALUES =
      """
      {"a": "x", "n": 5, "e": "", "z": 0, "nul": null, "l": [1, "b", null], "m": {"k": "v"},
       "h": "<b>"}
      """;

  private final Calls calls = new Calls();

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      quoteCharacter = '^',
      value = {
        "{{range $i, $v := .l}}{{if $i}}, {{end}}{{$v}}{{end}}@ 1, b, <undefined>",
        "{{if .z}}a number of the data is a text{{end}}@ a number of the data is a text",
        "{{if .e}}1{{else if .a}}2{{else}}3{{end}}@ 2",
        "{{with .m}}{{.k}}{{$.a}}{{end}}@ vx",
        "{{with .e}}1{{else with .n}}{{.}}{{end}}@ 5",
        "{{range 3}}{{if eq . 1}}{{continue}}{{end}}{{.}}{{end}}@ 02",
        "a {{- .a -}} b{{/* c */}}@ axb",
        "{{.missing.x}} {{.nul}}@ <undefined> <undefined>",
        "{{printf `%d %v` .n .m}}@ %!d(json.Number=5) map[k:v]",
        "{{index .m `k` | len}}@ 1",
        "{{slice .a 0 1}}{{len .l}}{{not .a}}@ x3false",
        "{{eq .n `5`}} {{lt 1 2}} {{and .a .e}} {{or .e .a}}@ true true  x",
      })
  void aTemplateIsCarriedOutAsInOpa(String template, String rendered) {
    assertThat(calls.call("strings.render_template", Calls.text(template), VALUES))
        .isEqualTo(Value.of(rendered.strip()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "{{.a.b}}",
        "{{eq .n 5}}",
        "{{index .l 9}}",
        "{{if .a}}",
        "{{end}}",
        "{{.a",
        "{{foo}}",
        "{{break}}",
        "{{$y}}",
        "{{range .a}}{{end}}",
        "{{template `x`}}",
      })
  void whatCannotBeCarriedOutIsAnError(String template) {
    assertThatThrownBy(() -> calls.call("strings.render_template", Calls.text(template), VALUES))
        .isInstanceOf(BuiltinFailure.class)
        .hasMessageStartingWith("template: ");
  }
}

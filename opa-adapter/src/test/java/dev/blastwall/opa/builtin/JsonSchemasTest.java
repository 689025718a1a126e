package dev.blastwall.opa.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSchemasTest {
  private final Calls calls = new Calls();

  @Test
  void aViolationSaysWhereAndWhat() {
    // When
    var answer =
        calls.call(
            "json.match_schema",
            "{\"a\":[1,\"x\"]}",
            "{\"properties\":{\"a\":{\"items\":{\"type\":\"integer\"}}}}");

    // Then
    assertThat(answer)
        .isEqualTo(
            Calls.json(
                """
                [false, [{"error": "a.1: Invalid type. Expected: integer, given: string",
                          "type": "invalid_type",
                          "field": "a.1",
                          "desc": "Invalid type. Expected: integer, given: string"}]]
                """));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:9/schema.json",
        "file:///etc/hostname",
        "http://json-schema.org/draft-07/schema#"
      })
  void otherDocumentsAreNeverFetched(String reference) {
    // When
    var answer = calls.call("json.verify_schema", "{\"$ref\":" + Calls.text(reference) + "}");

    // Then
    assertThat(answer).asString().contains("false", "remote reference loading disabled");
  }

  @Test
  void aSchemaThatOnlyRefersToItselfIsAFailure() {
    assertThatExceptionOfType(BuiltinFailure.class)
        .isThrownBy(() -> calls.call("json.match_schema", "{}", "{\"$ref\":\"#\"}"))
        .withMessageContaining("without end");
  }

  @Test
  void definitionsThatReferToEachOtherInALongRowAreAFailure() {
    // Given
    StringBuilder schema = new StringBuilder("{\"$ref\":\"#/definitions/0\",\"definitions\":{");
    for (int i = 0; i < 20_000; i++) {
      schema.append("\"%d\":{\"$ref\":\"#/definitions/%d\"},".formatted(i, i + 1));
    }
    schema.append("\"20000\":{}}}");

    // Then
    assertThat(calls.call("json.verify_schema", schema.toString()))
        .asString()
        .contains("the schema nests too deep");
  }

  @Test
  void aSchemaMayReferToItselfFurtherDown() {
    // Given
    String tree = "{\"properties\":{\"below\":{\"$ref\":\"#\"},\"n\":{\"type\":\"integer\"}}}";

    // Then
    assertThat(calls.call("json.match_schema", "{\"below\":{\"below\":{\"n\":1}}}", tree))
        .asString()
        .isEqualTo("[true,[]]");
    assertThat(calls.call("json.match_schema", "{\"below\":{\"below\":{\"n\":\"\"}}}", tree))
        .asString()
        .contains("below.below.n");
  }
}

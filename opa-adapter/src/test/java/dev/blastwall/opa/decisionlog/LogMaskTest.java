package dev.blastwall.opa.decisionlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blastwall.opa.Json;
import dev.blastwall.opa.ObjectValue;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Masks as in OPA's {@code v1/plugins/logs/mask.go}; the real one is asked in OpaParityIT. */
class LogMaskTest {
  private static final String EVENT =
      """
      {"decision_id": "d", "input": {"a": {"b": 1, "c": [10, [20, 21], {"d": 2}]}, "e f": 3},
       "result": [true, false]}\
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/input/a/b | {\"a\":{\"c\":[10,[20,21],{\"d\":2}]},\"e f\":3} | [true,false]",
        "/input/a/c/0 | {\"a\":{\"b\":1,\"c\":[[20,21],{\"d\":2}]},\"e f\":3} | [true,false]",
        "/input/a/c/1/1 | {\"a\":{\"b\":1,\"c\":[10,[20],{\"d\":2}]},\"e f\":3} | [true,false]",
        "/input/a/c/2/d | {\"a\":{\"b\":1,\"c\":[10,[20,21],{}]},\"e f\":3} | [true,false]",
        "/input/a | {\"e f\":3} | [true,false]",
        "/input | null | [true,false]",
        "/result/0 | {\"a\":{\"b\":1,\"c\":[10,[20,21],{\"d\":2}]},\"e f\":3} | [false]"
      })
  void removesAPartAndSaysWhich(String pointer, String input, String result) throws IOException {
    ObjectValue masked = mask("[\"" + pointer + "\"]");

    assertThat(String.valueOf(masked.get("input"))).isEqualTo(input);
    assertThat(masked.get("result")).hasToString(result);
    assertThat(masked.get("erased")).hasToString("[\"" + pointer + "\"]");
  }

  @Test
  void listsPathsPercentEncodedAsOpaDoes() throws IOException {
    assertThat(mask("[\"/input/e f\"]").get("erased")).hasToString("[\"/input/e%20f\"]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/input/x",
        "/input/a/b/c",
        "/input/a/c/3",
        "/input/a/c/-1",
        "/input/a/c/first",
        "/nd_builtin_cache",
        "/nd_builtin_cache/time.now_ns"
      })
  void whatIsNotThereIsNotErased(String pointer) throws IOException {
    assertThat(mask("[\"" + pointer + "\"]")).isEqualTo(Json.read(EVENT));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/input/a | {\"a\":\"**\",\"e f\":3}",
        "/input/new/deep | {\"a\":{\"b\":1,\"c\":[10,[20,21],{\"d\":2}]},\"e f\":3,\"new\":{\"deep\":\"**\"}}",
        "/input/a/c/1 | {\"a\":{\"b\":1,\"c\":[10,\"**\",{\"d\":2}]},\"e f\":3}",
        "/input | \"**\""
      })
  void replacesOrAddsAPartAndSaysWhich(String pointer, String input) throws IOException {
    ObjectValue masked = upsert(pointer);

    assertThat(masked.get("input")).hasToString(input);
    assertThat(masked.get("masked")).hasToString("[\"" + pointer + "\"]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nd_builtin_cache",
        "/nd_builtin_cache/x",
        "/input/a/c/3",
        "/input/a/c/9/x",
        "/input/a/b/x"
      })
  void whatCannotBeReplacedStays(String pointer) throws IOException {
    assertThat(upsert(pointer)).isEqualTo(Json.read(EVENT));
  }

  @Test
  void masksApplyOneAfterTheOtherInTheOrderOfRego() throws IOException {
    ObjectValue masked =
        mask(
            """
            [{"op": "upsert", "path": "/input/a", "value": 1}, "/input/a/b", "/input/a/c/0", "/input/a/c/0"]\
            """);

    assertThat(masked.get("input")).hasToString("{\"a\":1,\"e f\":3}");
    assertThat(masked.get("masked")).hasToString("[\"/input/a\"]");
    assertThat(masked.get("erased")).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "true",
        "[1]",
        "[\"\"]",
        "[\"input\"]",
        "[\"/labels/id\"]",
        "[\"/input/%zz\"]",
        "[{\"path\": \"/input\"}]",
        "[{\"op\": \"add\", \"path\": \"/input\"}]",
        "[{\"op\": \"remove\"}]",
        "[{\"op\": \"remove\", \"path\": 1}]"
      })
  void whatIsNoMaskIsAnError(String masks) {
    assertThatThrownBy(() -> mask(masks)).isInstanceOf(IllegalArgumentException.class);
  }

  private static ObjectValue upsert(String pointer) throws IOException {
    return mask("[{\"op\": \"upsert\", \"path\": \"" + pointer + "\", \"value\": \"**\"}]");
  }

  private static ObjectValue mask(String masks) throws IOException {
    ObjectValue event = (ObjectValue) Json.read(EVENT);
    ObjectValue masked = SmallerEvents.masked(event, LogMask.readAll(Json.read(masks)));
    assertThat(event).as("what the client was answered with").isEqualTo(Json.read(EVENT));
    return masked;
  }
}

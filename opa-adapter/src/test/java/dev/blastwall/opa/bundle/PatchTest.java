package dev.blastwall.opa.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blastwall.opa.BundleException;
import dev.blastwall.opa.Json;
import dev.blastwall.opa.ObjectValue;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatchTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "upsert  | /a/b    | 2 | {\"a\":{\"b\":2,\"l\":[1,2]}}",
        "upsert  | x/y     | 2 | {\"a\":{\"b\":1,\"l\":[1,2]},\"x\":{\"y\":2}}",
        "upsert  | /a/l/0  | 7 | {\"a\":{\"b\":1,\"l\":[7,1,2]}}",
        "upsert  | /a/l/2  | 7 | {\"a\":{\"b\":1,\"l\":[1,2,7]}}",
        "upsert  | /a/l/-  | 7 | {\"a\":{\"b\":1,\"l\":[1,2,7]}}",
        "replace | /a/l/1  | 7 | {\"a\":{\"b\":1,\"l\":[1,7]}}",
        "replace | /a      | 7 | {\"a\":7}",
        "remove  | /a/l/0  |   | {\"a\":{\"b\":1,\"l\":[2]}}",
        "remove  | /a/b    |   | {\"a\":{\"l\":[1,2]}}",
        "upsert  | /a~1b%20c/d~0 | 1 | {\"a\":{\"b\":1,\"l\":[1,2]},\"a/b c\":{\"d~\":1}}",
      })
  void changesAreMadeAsOpaMakesThem(String op, String path, String value, String after)
      throws Exception {
    ObjectValue before = object("{\"a\":{\"b\":1,\"l\":[1,2]}}");

    assertThat(patch(op, path, value).applyTo(before, Manifest.DEFAULT)).hasToString(after);
    assertThat(before).hasToString("{\"a\":{\"b\":1,\"l\":[1,2]}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "replace | /a/x   | 1",
        "replace | /x     | 1",
        "replace | /a/l/2 | 1",
        "replace | /a/l/- | 1",
        "remove  | /a/x   |",
        "remove  | /a/l/7 |",
        "upsert  | /a/l/3 | 1",
        "upsert  | /a/l/01 | 1",
        "upsert  | /a/b/c | 1",
      })
  void whatIsNotThereCannotBeChanged(String op, String path, String value) throws Exception {
    ObjectValue before = object("{\"a\":{\"b\":1,\"l\":[1,2]}}");
    Patch patch = patch(op, path, value);

    assertThatThrownBy(() -> patch.applyTo(before, Manifest.DEFAULT))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("which is not there");
  }

  @Test
  void aChangeStaysBelowTheRoots() throws Exception {
    Manifest manifest = new Manifest("", List.of(List.of("a")), new ObjectValue(0));
    Patch patch = patch("upsert", "/b", "1");

    assertThatThrownBy(() -> patch.applyTo(object("{}"), manifest))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("data.b, which is not below the roots");
  }

  @Test
  void aListThatWouldWipeEverythingIsRefused() {
    for (String json :
        List.of(
            "{}",
            "{\"data\":[]}",
            "{\"data\":[1]}",
            "{\"data\":[{\"op\":\"move\",\"path\":\"a\",\"value\":1}]}",
            "{\"data\":[{\"op\":\"upsert\",\"path\":\"a\"}]}",
            "{\"data\":[{\"op\":\"upsert\",\"path\":\"a%zz\",\"value\":1}]}")) {
      assertThatThrownBy(() -> Patch.listOf(object(json))).isInstanceOf(BundleException.class);
    }
  }

  private static Patch patch(String op, String path, String value) throws Exception {
    String tail = value == null ? "" : ",\"value\":" + value;
    return Patch.listOf(
            object("{\"data\":[{\"op\":\"" + op + "\",\"path\":\"" + path + "\"" + tail + "}]}"))
        .getFirst();
  }

  private static ObjectValue object(String json) throws IOException {
    return (ObjectValue) Json.read(json);
  }
}

package dev.blastwall.opa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** What is read lazily cannot be told from what is read at once. */
class LazyJsonTest {

  @Property(tries = 1000)
  void aDocumentIsTheSameToEveryReader(@ForAll("documents") String json) throws IOException {
    // Given
    byte[] utf8 = json.getBytes(StandardCharsets.UTF_8);
    Value eager = Json.read(utf8);

    // Then: each look is the first one
    assertThat(Json.readLazily(utf8)).isEqualTo(eager).hasSameHashCodeAs(eager);
    assertThat(eager).isEqualTo(Json.readLazily(utf8));
    assertThat(Json.readLazily(utf8).compareTo(eager)).isZero();
    assertThat(Json.write(Json.readLazily(utf8))).isEqualTo(Json.write(eager));
    assertThat(members(Json.readLazily(utf8))).isEqualTo(members(eager));
  }

  @Property(tries = 2000)
  void theVerdictIsTheSame(
      @ForAll("documents") String json, @ForAll int place, @ForAll("damage") byte damage) {
    byte[] utf8 = json.getBytes(StandardCharsets.UTF_8);
    utf8[Math.floorMod(place, utf8.length)] = damage;

    assertThat(verdict(() -> Json.readLazily(utf8))).isEqualTo(verdict(() -> Json.read(utf8)));
  }

  @Property(tries = 500)
  void theVerdictOnWhatIsCutShortIsTheSame(@ForAll("documents") String json, @ForAll int place) {
    byte[] whole = json.getBytes(StandardCharsets.UTF_8);
    byte[] utf8 = Arrays.copyOf(whole, Math.floorMod(place, whole.length));

    assertThat(verdict(() -> Json.readLazily(utf8))).isEqualTo(verdict(() -> Json.read(utf8)));
  }

  @Property(tries = 500)
  void theVerdictOnAnyBytesIsTheSame(@ForAll byte[] utf8) {
    assertThat(verdict(() -> Json.readLazily(utf8))).isEqualTo(verdict(() -> Json.read(utf8)));
  }

  @Example
  void theLimitsAreTheSame() {
    for (String json :
        List.of(
            "[".repeat(500) + "]".repeat(500),
            "[".repeat(501) + "]".repeat(501),
            "1".repeat(1000),
            "1".repeat(1001),
            "0." + "1".repeat(2000),
            "1e10000",
            "1e10001",
            "-0",
            "-",
            "01",
            "1.",
            ".5",
            "+1",
            "{\"" + "n".repeat(50_001) + "\":1}",
            "{\"a\":1,}",
            "{\"\\ud83d\":1}",
            "[1,]",
            "[1 2]",
            "\"\\ud83d\"",
            "\"\\u12g4\"",
            "\"\\x\"",
            "\"\t\"",
            "\ufeff[]",
            "1 2",
            "nul",
            "nulll",
            "")) {
      byte[] utf8 = json.getBytes(StandardCharsets.UTF_8);
      assertThat(verdict(() -> Json.readLazily(utf8)))
          .as(json)
          .isEqualTo(verdict(() -> Json.read(utf8)));
    }
  }

  @Example
  void otherEncodingsAreReadAsBefore() throws IOException {
    byte[] utf16 = "{\"a\":[1]}".getBytes(StandardCharsets.UTF_16BE);

    assertThat(Json.readLazily(utf16)).isEqualTo(Json.read(utf16));
  }

  @Example
  void aPartIsTheSameObjectEachTime() throws IOException {
    ObjectValue document =
        (ObjectValue) Json.readLazily("{\"a\":[{}]}".getBytes(StandardCharsets.UTF_8));

    assertThat(document.get("a")).isSameAs(document.get("a"));
  }

  @Example
  void whatIsNotJsonIsRefusedWithTheSameWords() {
    byte[] utf8 = "{\"a\" 1}".getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> Json.readLazily(utf8)).hasMessageContaining("colon");
  }

  /** All there is to see of a value by position. */
  private static List<Object> members(Value value) {
    List<Object> seen = new ArrayList<>();
    if (value instanceof CollectionValue collection) {
      seen.add(collection.size());
      for (int i = 0; i < collection.size(); i++) {
        seen.add(collection.keyAt(i));
        seen.add(members(collection.valueAt(i)));
        seen.add(collection.sortedKeyAt(i));
        seen.add(collection.sortedValueAt(i));
      }
    } else {
      seen.add(value.toString());
    }
    return seen;
  }

  private interface Reading {
    Value read() throws IOException;
  }

  /** What was read, or null if it was refused. */
  private static @Nullable String verdict(Reading reading) {
    try {
      return Json.write(reading.read());
    } catch (IOException e) {
      return null;
    }
  }

  @Provide
  Arbitrary<Byte> damage() {
    return Arbitraries.of(
            '"', '\\', '{', '}', '[', ']', ',', ':', '0', '-', '.', 'e', 'u', ' ', 'n')
        .map(c -> (byte) c.charValue())
        .injectDuplicates(0.1)
        .flatMap(b ->
            Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.just(b)), Tuple.of(1, Arbitraries.bytes())));
  }

  @Provide
  Arbitrary<String> documents() {
    Arbitrary<String> scalars =
        Arbitraries.oneOf(
            strings(),
            Arbitraries.of(
                "true",
                "false",
                "null",
                "0",
                "-0",
                "12",
                "-7",
                "1.0",
                "1.50",
                "2e3",
                "1E-2",
                "123456789012345678",
                "1234567890123456789",
                "12345678901234567890.5"));
    return Arbitraries.recursive(() -> scalars, this::deeper, 0, 4);
  }

  private Arbitrary<String> deeper(Arbitrary<String> inner) {
    Arbitrary<String> elements = inner.list().ofMaxSize(4).map(each -> String.join(" , ", each));
    Arbitrary<String> members =
        Combinators.combine(names(), inner)
            .as((name, value) -> name + " :" + value)
            .list()
            .ofMaxSize(12)
            .map(each -> String.join(",", each));
    return Arbitraries.oneOf(
        elements.map(each -> "[" + each + "]"), members.map(each -> "\t{" + each + "\n}"));
  }

  /** Few, so that some come twice in an object, and without half a character, which is refused. */
  private static Arbitrary<String> names() {
    return Arbitraries.frequencyOf(
        Tuple.of(
            4,
            Arbitraries.of(
                "\"a\"", "\"b\"", "\"\\u0061\"", "\"\"", "\"name\"", "\"ä\"", "\"table\"")),
        Tuple.of(1, strings("a")));
  }

  private static Arbitrary<String> strings() {
    return strings("\\ud83d");
  }

  private static Arbitrary<String> strings(String half) {
    return Arbitraries.of(
            "a",
            "0",
            "{",
            "[",
            " ",
            "é",
            "€",
            "😀",
            "\\\"",
            "\\\\",
            "\\/",
            "\\n",
            "\\t",
            "\\b",
            "\\f",
            "\\r",
            "\\u0000",
            "\\u00e9",
            "\\ud83d\\ude00",
            half,
            "\u007f",
            "\u2028")
        .list()
        .ofMaxSize(5)
        .map(each -> "\"" + String.join("", each) + "\"");
  }
}

package dev.blastwall.masking;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskTest {

  @Test
  void partialKeepsTheEndsAndStarsTheRest() {
    assertThat(new Mask.Partial(0, 4, null).apply("4111111111111111"))
        .isEqualTo("************1111");
    assertThat(new Mask.Partial(1, 0, "@").apply("alice@example.com"))
        .isEqualTo("a****@example.com");
  }

  @Test
  void partialNeverShowsMoreThanHalfOfWhatItHides() {
    assertThat(new Mask.Partial(2, 2, null).apply("abcde")).isEqualTo("***");
    assertThat(new Mask.Partial(1, 0, "@").apply("a@example.com")).isEqualTo("***@example.com");
    assertThat(new Mask.Partial(0, 0, null).apply("")).isEqualTo("***");
  }

  @Test
  void partialCountsCharactersNotCodeUnits() {
    assertThat(new Mask.Partial(1, 0, null).apply("😀bcd")).isEqualTo("😀***");
  }

  @Property
  void whatAnyMaskMakesIsRecognisedWhenItIsWrittenBack(
      @ForAll String text,
      @ForAll @IntRange(max = 4) int first,
      @ForAll @IntRange(max = 4) int last) {
    MaskingKey key = MaskingKey.random();

    assertThat(MaskedForm.appearsIn(new Mask.Partial(first, last, null).apply(text))).isTrue();
    assertThat(MaskedForm.appearsIn(new Mask.Redact().apply(text))).isTrue();
    assertThat(MaskedForm.appearsIn(new Mask.Hash(key).apply(text))).isTrue();
    assertThat(MaskedForm.is(new Mask.Tokenize(key).apply(text))).isTrue();
  }

  @Property
  void aTokenHasTheFormatOfItsValueAndTheKeyTurnsItBack(
      @ForAll @StringLength(max = 40) @CharRange(from = ' ', to = '~') String text) {
    MaskingKey key = MaskingKey.random();
    String token = new Mask.Tokenize(key).apply(text);

    if (token.startsWith("tok_") && token.length() == 24) {
      assertThat(key.reveal(text)).isEmpty();
    } else {
      assertThat(format(token)).isEqualTo(format(text));
      assertThat(key.reveal(token)).contains(text);
      assertThat(MaskingKey.random().reveal(token)).isNotEqualTo(Optional.of(text));
    }
  }

  private static String format(String text) {
    return text.replaceAll("[0-9]", "0").replaceAll("[a-z]", "a").replaceAll("[A-Z]", "A");
  }

  @Test
  void whatCannotBeATokenOfItsOwnFormatGetsAWord() {
    Mask.Tokenize tokens = new Mask.Tokenize(MaskingKey.random());
    assertThat(tokens.apply("12345")).startsWith("tok_");
    assertThat(tokens.apply("Zoë Müller-Lüdenscheidt")).startsWith("tok_");
    assertThat(tokens.apply("1".repeat(10_000))).startsWith("tok_");
    assertThat(tokens.apply("4111 1111 1111 1111")).matches("\\d{4} \\d{4} \\d{4} \\d{4}");
  }

  @Test
  void aTokenThatWasShownIsRecognisedWhereverItIsWrittenBack() {
    String token = new Mask.Tokenize(MaskingKey.random()).apply("4111 1111 1111 1111");
    assertThat(MaskedForm.is(token)).isTrue();
    assertThat(MaskedForm.is("\\x" + HexFormat.of().formatHex(token.getBytes(UTF_8)))).isTrue();
    assertThat(MaskedForm.wasIssuedIn("update c set card = '" + token + "' where id = 1")).isTrue();
    assertThat(MaskedForm.wasIssuedIn("update c set card = '1234 5678 9012 3456'")).isFalse();
  }

  @Test
  void aKeyIsReadFromHexadecimalDigitsAndTurnsBackWhatItMade() {
    String digits = "0123456789abcdef".repeat(4);
    String token = new Mask.Tokenize(MaskingKey.parse(digits)).apply("alice@example.org");
    assertThat(MaskingKey.parse(digits + "\n").reveal(token)).contains("alice@example.org");
    assertThatThrownBy(() -> MaskingKey.parse("abc")).hasMessageContaining("64 hexadecimal");
  }

  @Test
  void identifiersBecomeMarkedIdentifiers() {
    MaskingKey key = MaskingKey.random();
    UUID raw = UUID.randomUUID();
    UUID masked = new Mask.Hash(key).apply(raw);
    assertThat(masked).isEqualTo(new Mask.Hash(key).apply(raw)).isNotEqualTo(raw);
    assertThat(masked.version()).isEqualTo(8);
    assertThat(masked.variant()).isEqualTo(2);
    assertThat(MaskedForm.is(masked.toString())).isTrue();
    assertThat(new Mask.Redact().apply(raw)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "$.ssn | {'ssn':'1','n':1.10} | {'ssn':'[redacted]','n':1.10}",
        "$.a.b | {'a':{'b':'x','c':'y'},'b':'z'} | {'a':{'b':'[redacted]','c':'y'},'b':'z'}",
        "$.cards[*].no | {'cards':[{'no':'1'},{'no':2}]} | {'cards':[{'no':'[redacted]'},{'no':null}]}",
        "$..ssn | [{'x':{'ssn':{'deep':1}}},{'ssn':'y'}] | [{'x':{'ssn':null}},{'ssn':'[redacted]'}]",
        "$['a b'] | {'a b':'x'} | {'a b':'[redacted]'}",
        "$.* | {'a':'x','b':['y']} | {'a':'[redacted]','b':null}",
        "$.n | {'m':12345678901234567890.12345678901234567890} | {'m':12345678901234567890.12345678901234567890}",
        "$.a | no json | [redacted]",
        "$.a | {'a':'x'} 1 | [redacted]"
      })
  void pathsMaskWhatStandsThereAndNothingElse(String path, String json, String masked) {
    Mask mask = new Mask.AtPaths(List.of(new PathMask(JsonPath.parse(path), new Mask.Redact())));
    assertThat(mask.apply(json.replace('\'', '"'))).isEqualTo(masked.replace('\'', '"'));
  }

  @Test
  void twoMethodsAtOnePlaceLeaveNothing() {
    Mask mask =
        new Mask.AtPaths(
            List.of(
                new PathMask(JsonPath.parse("$.a"), new Mask.Partial(1, 0, null)),
                new PathMask(JsonPath.parse("$..a"), new Mask.Partial(0, 1, null))));
    assertThat(mask.apply("{\"a\":\"secret\"}")).isEqualTo("{\"a\":null}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "$", "a", "$a", "$.", "$.a[0]", "$.a[?(@.b)]", "$.a b", "$.a..", "ssn.$"})
  void whatIsNoPathIsNotGuessedAt(String path) {
    assertThatThrownBy(() -> JsonPath.parse(path)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void equalValuesHaveEqualTokensUnderOneKeyOnly() {
    MaskingKey key = MaskingKey.random();
    Mask.Tokenize tokens = new Mask.Tokenize(key);

    assertThat(tokens.apply("a")).isEqualTo(tokens.apply("a")).isNotEqualTo(tokens.apply("b"));
    assertThat(tokens.apply("a")).isNotEqualTo(new Mask.Tokenize(MaskingKey.random()).apply("a"));
    assertThat(key.toString()).doesNotContain("[B");
  }
}

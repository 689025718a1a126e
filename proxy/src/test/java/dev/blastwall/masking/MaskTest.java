package dev.blastwall.masking;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

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
    assertThat(MaskedForm.appearsIn(new Mask.Tokenize(key).apply(text))).isTrue();
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

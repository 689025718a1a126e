package dev.blastwall.masking;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DetectorTest {

  private static final String JWT = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl";

  @ParameterizedTest
  @CsvSource({
    "paid with 4111 1111 1111 1111 today, paid with [redacted] today",
    "4111111111111111, [redacted]",
    "x 4111-1111-1111-1111 y 5500005555555559, x [redacted] y [redacted]"
  })
  void findsCardNumbersByTheirCheckDigit(String text, String masked) {
    assertThat(redact(Detector.CARD_NUMBER, text)).isEqualTo(masked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4111111111111112",
        "411111111111",
        "order 0000000000000000",
        "12345678901234567890"
      })
  void leavesOtherNumbersAlone(String text) {
    assertThat(redact(Detector.CARD_NUMBER, text)).isEqualTo(text);
  }

  @Test
  void findsACardNumberBehindDigitsThatAreNotPartOfIt() {
    assertThat(redact(Detector.CARD_NUMBER, "7 4111 1111 1111 1111")).doesNotContain("4111");
  }

  @Test
  void findsSocialSecurityNumbersThatCanExist() {
    assertThat(redact(Detector.US_SSN, "ssn 078-05-1120.")).isEqualTo("ssn [redacted].");
    assertThat(redact(Detector.US_SSN, "000-12-3456 666-12-3456 900-12-3456 1078-05-1120"))
        .isEqualTo("000-12-3456 666-12-3456 900-12-3456 1078-05-1120");
  }

  @Test
  void findsTokensAndKeys() {
    assertThat(redact(Detector.JWT, "Bearer " + JWT + " ok")).isEqualTo("Bearer [redacted] ok");
    assertThat(redact(Detector.CLOUD_KEY, "id AKIA" + "A".repeat(16) + ";"))
        .isEqualTo("id [redacted];");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4111 1111 1111 1111 12/27",
        "4111-1111-1111-1111 123",
        "4111 1111 1111 1111 5",
        "12 4111 1111 1111 1111 2027-12",
        "käse 4111111111111111",
        "4111 1111 1111 1111, 5500-0055-5555-5559"
      })
  void whatStandsBesideACardNumberDoesNotHideIt(String text) {
    assertThat(redact(Detector.CARD_NUMBER, text))
        .contains("[redacted]")
        .doesNotContain("4111 1", "4111-1", "41111", "5500");
  }

  @ParameterizedTest
  @CsvSource({
    "to DE89 3704 0044 0532 0130 00 now, to [redacted] now",
    "GB82WEST12345698765432, [redacted]",
    "NO9386011117947, [redacted]",
    "DE88370400440532013000, DE88370400440532013000",
    "XDE89370400440532013000, XDE89370400440532013000",
    "IBAN: MT84MALT011000012345MTLCAST001S!, IBAN: [redacted]!"
  })
  void findsAccountNumbersByTheirCheckDigits(String text, String masked) {
    assertThat(redact(Detector.IBAN, text)).isEqualTo(masked);
  }

  @Property
  void aFindIsFoundWhereverItStands(
      @ForAll @StringLength(max = 60) @CharRange(from = 'a', to = 'z') String before,
      @ForAll @StringLength(max = 60) @CharRange(from = 'a', to = 'z') String after,
      @ForAll Detector detector) {
    String secret =
        switch (detector) {
          case CARD_NUMBER -> "4111 1111 1111 1111";
          case IBAN -> "DE89 3704 0044 0532 0130 00";
          case US_SSN -> "078-05-1120";
          case JWT -> JWT;
          case CLOUD_KEY -> "AKIA" + "A".repeat(16);
        };
    String text = before + " " + secret + " " + after;
    assertThat(redact(detector, text)).isEqualTo(before + " [redacted] " + after);
  }

  @Test
  void aNullMethodEmptiesTheWholeValue() {
    assertThat(Detector.JWT.replaceIn(JWT, new Mask.Nullify())).isNull();
  }

  @Test
  void aTextWithoutFindIsNotCopied() {
    byte[] text = "nothing here, 12345678901234 ä".getBytes(StandardCharsets.UTF_8);
    MaskPlan plan =
        new MaskPlan(
            Map.of(),
            Arrays.stream(Detector.values())
                .map(detector -> new DetectorMask(detector, new Mask.Redact()))
                .toList());

    assertThat(plan.detect(text)).isSameAs(text);
  }

  private static String redact(Detector detector, String text) {
    MaskPlan plan = new MaskPlan(Map.of(), List.of(new DetectorMask(detector, new Mask.Redact())));
    return new String(plan.detect(text.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
  }
}

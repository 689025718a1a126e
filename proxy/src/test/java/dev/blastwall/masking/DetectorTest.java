package dev.blastwall.masking;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
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

  @Test
  void aNullMethodEmptiesTheWholeValue() {
    assertThat(Detector.JWT.replaceIn(JWT.getBytes(StandardCharsets.UTF_8), new Mask.Nullify()))
        .isNull();
  }

  @Test
  void aTextWithoutFindIsNotCopied() {
    byte[] text = "nothing here, 12345678901234".getBytes(StandardCharsets.UTF_8);

    assertThat(Detector.CARD_NUMBER.replaceIn(text, new Mask.Redact())).isSameAs(text);
  }

  private static String redact(Detector detector, String text) {
    byte[] masked = detector.replaceIn(text.getBytes(StandardCharsets.UTF_8), new Mask.Redact());
    return new String(masked, StandardCharsets.UTF_8);
  }
}

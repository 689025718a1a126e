package dev.blastwall.opa.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blastwall.opa.Value;
import org.junit.jupiter.api.Test;

class DatesTest {
  private final Calls calls = new Calls();

  @Test
  void aLayoutOfGoIsWrittenField() {
    assertThat(
            calls.call(
                "time.format",
                "[1670006453141828752, \"Asia/Kolkata\","
                    + " \"Monday January _2 03:04:05.000 pm 06 -07:00 March 002\"]"))
        .isEqualTo(Value.of("Saturday December  3 12:10:53.141 am 22 +05:30 March 337"));
  }

  @Test
  void whatWasWrittenIsReadAgain() {
    assertThat(
            calls.call(
                "time.parse_ns",
                "\"Jan _2 2006 15:04:05.999 Z07:00\"",
                "\"Dec  3 2022 00:10:53.141 +05:30\""))
        .isEqualTo(Value.of(1670006453141000000L));
  }

  @Test
  void aDayThatTheMonthLacksRunsOn() {
    // 31 January 2021 and one month
    assertThat(calls.call("time.add_date", "1612051200000000000", "0", "1", "0"))
        .isEqualTo(Value.of(1614729600000000000L));
  }

  @Test
  void aTextThatDoesNotFitIsNamed() {
    assertThatThrownBy(() -> calls.call("time.parse_ns", "\"2006-01-02\"", "\"2022-13-01\""))
        .isInstanceOf(BuiltinFailure.class)
        .hasMessage("parsing time \"2022-13-01\": month out of range");
  }
}

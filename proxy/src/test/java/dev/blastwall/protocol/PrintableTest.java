package dev.blastwall.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {

  @Test
  void textStaysAsItIs() {
    assertThat(Printable.of("select 'Zoë 💳'\n\tfrom t")).isEqualTo("select 'Zoë 💳'\n\tfrom t");
  }

  @Test
  void nothingSteersTheTerminalOrHidesAPart() {
    assertThat(Printable.of("delete from t \u001b[2K\rselect 1\u009b1A"))
        .isEqualTo("delete from t \uFFFD[2K\uFFFDselect 1\uFFFD1A");
    assertThat(Printable.of("a\u202eb\u200bc")).isEqualTo("a\uFFFDb\uFFFDc");
  }
}

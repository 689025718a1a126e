package dev.blastwall.protocol.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackslashStringsTest {

  private record Case(String off, String on) {}

  static List<Case> cases() {
    return List.of(
        new Case("select 'a\\'b', c", "select  E'a\\'b', c"),
        new Case("select 'a''b\\\\', c", "select  E'a''b\\\\', c"),
        new Case("select e'a\\'b', E'c'", "select e'a\\'b', E'c'"),
        new Case("select date'2020-01-01'", "select date E'2020-01-01'"),
        new Case("select ae'x\\'y'", "select ae E'x\\'y'"),
        new Case("select n'\\''", "select nchar E'\\''"),
        new Case("select b'01', X'1f'", "select b'01', X'1f'"),
        new Case("select 'a'\n  'b\\'c'", "select  E'a'\n  'b\\'c'"),
        new Case("select 'a' -- '\n'b\\'c'", "select  E'a' -- '\n'b\\'c'"),
        new Case("select 'a' /* \n */ 'b'", "select  E'a' /* \n */  E'b'"),
        new Case("select $$it's \\$$, 'x'", "select $$it's \\$$,  E'x'"),
        new Case("select $t$ $$ ' $t$, 'x'", "select $t$ $$ ' $t$,  E'x'"),
        new Case("select a$b, $1, 'x'", "select a$b, $1,  E'x'"),
        new Case("select \"a'\\\" , 'x'", "select \"a'\\\" ,  E'x'"),
        new Case("select U&\"a'\" , 'x'", "select U&\"a'\" ,  E'x'"),
        new Case("select 1.5e-3, .5, 1., '\\''", "select 1.5e-3, .5, 1.,  E'\\''"),
        new Case("select 1 /* ' /* ' */ ' */, 'x'", "select 1 /* ' /* ' */ ' */,  E'x'"),
        new Case("select 1 - -1 -- it's\r, 'x'", "select 1 - -1 -- it's\r,  E'x'"),
        new Case("select ä'\\''", "select ä E'\\''"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aPlainConstantBecomesAnEscapeString(Case each) {
    assertThat(BackslashStrings.standard(each.off())).isEqualTo(each.on());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select 'a",
        "select 'a\\'",
        "select 'a\\",
        "select E'a",
        "select $$a",
        "select \"a",
        "select 1 /* a",
        "select U&'\\0061'",
        "select 1$a$",
        "select 0x1f",
        "select $1a",
        "select b'0'\n'1'",
        "select b'0''1'",
      })
  void whatIsNotKnownForSureCannotBeRead(String text) {
    assertThat(BackslashStrings.standard(text)).isNull();
  }

  @Test
  void aTextThatIsTooLongForTheParserIsNotLookedThrough() {
    String text = " ".repeat(TextLimits.MAXIMUM_LENGTH + 1);
    assertThat(BackslashStrings.standard(text)).isNull();
  }
}

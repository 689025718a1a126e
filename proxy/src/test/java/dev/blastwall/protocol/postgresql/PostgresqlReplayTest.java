package dev.blastwall.protocol.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PostgresqlReplayTest {

  private static final byte[] ONE_COLUMN =
      RawClient.message('T', "\0\1name\0\0\0\0\0\0\0\0\0\0\31\0\0\0\0\0\0\0\0");
  private static final byte[] ROW = RawClient.message('D', "\0\1\0\0\0\3Ada");

  @Test
  void aResultIsATableAlsoWhenItsRowsComeLater() {
    PostgresqlReplay replay = new PostgresqlReplay();
    assertThat(replay.render(RawClient.all(ONE_COLUMN, ROW))).isEqualTo("name\nAda\n");
    assertThat(replay.render(RawClient.all(ROW, RawClient.message('C', "SELECT 2\0"))))
        .isEqualTo("Ada\nSELECT 2\n");
  }

  @Test
  void anErrorShowsWhatToDo() {
    byte[] error = RawClient.message('E', "SERROR\0VERROR\0C42501\0Mno\0Hask\0\0");
    assertThat(new PostgresqlReplay().render(error)).isEqualTo("ERROR: no\nHINT: ask\n");
  }

  @Test
  void aValueCannotSteerTheTerminal() {
    byte[] row = RawClient.message('D', "\0\1\0\0\0\5\u001b[2Jx".getBytes(StandardCharsets.UTF_8));
    assertThat(new PostgresqlReplay().render(row)).doesNotContain("\u001b");
  }

  @Property(tries = 500)
  void whateverWasRecordedIsShownOrSaidToBeUnreadable(@ForAll @Size(max = 100) byte[] bytes) {
    assertThat(new PostgresqlReplay().render(bytes)).isNotNull();
  }
}

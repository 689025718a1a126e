package dev.blastwall.protocol.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastwall.protocol.Refusal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresqlRepliesTest {

  @ParameterizedTest
  @CsvSource({
    "POLICY, 42501",
    "NOT_APPROVED, 42501",
    "APPROVAL_EXPIRED, 57014",
    "CANCELLED, 57014",
    "UNAVAILABLE, 58000",
    "SESSION_ENDED, 57P01"
  })
  void everyNoHasItsOwnCode(Refusal.Kind kind, String sqlState) {
    Report report = PostgresqlReplies.refused(new Refusal(kind, "d-1", "No.", "Ask."));

    assertThat(report.field(Report.SQL_STATE)).isEqualTo(sqlState);
  }
}

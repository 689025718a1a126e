package dev.blastwall.protocol.postgresql;

import static dev.blastwall.protocol.postgresql.RawClient.all;
import static dev.blastwall.protocol.postgresql.RawClient.bind;
import static dev.blastwall.protocol.postgresql.RawClient.execute;
import static dev.blastwall.protocol.postgresql.RawClient.parse;
import static dev.blastwall.protocol.postgresql.RawClient.query;
import static dev.blastwall.protocol.postgresql.RawClient.sync;
import static org.assertj.core.api.Assertions.assertThat;

import dev.blastwall.command.Limits;
import dev.blastwall.masking.Mask;
import dev.blastwall.protocol.ContractClient.Answer;
import dev.blastwall.protocol.Observation;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Policy lets through so much and so long, and no more. */
class LimitsIT {

  private static final Duration LONG = Duration.ofHours(1);

  private final TestGateway gateway = TestGateway.shared();
  private RawClient client;

  @BeforeEach
  void signIn() throws Exception {
    gateway.gate.reset();
    client = RawClient.signedIn(gateway.address());
  }

  @AfterEach
  void leave() throws Exception {
    client.close();
  }

  private void limit(long rows, long bytes) {
    gateway.gate.limit(new Limits(rows, bytes, LONG));
  }

  @Test
  void anAnswerThatFitsIsWhole() throws Exception {
    limit(3, Long.MAX_VALUE);

    Answer answer = client.ask("select n from numbers order by n limit 3");

    assertThat(answer.rows()).hasSize(3);
    assertThat(answer.error()).isEmpty();
  }

  @Test
  void aLongerAnswerIsCutAtTheRow() throws Exception {
    limit(3, Long.MAX_VALUE);

    Answer answer = client.ask("select n from numbers order by n");

    assertThat(answer.rows()).containsExactly(List.of("1"), List.of("2"), List.of("3"));
    assertThat(answer.error()).isEqualTo("54000");
    assertThat(answer.message()).contains("3 rows", "d-1");
  }

  @Test
  void theNextCommandIsNotHitByWhatStoppedTheLast() throws Exception {
    for (int i = 0; i < 30; i++) {
      limit(1, Long.MAX_VALUE);
      assertThat(client.ask("select n from numbers").error()).isEqualTo("54000");
      limit(Long.MAX_VALUE, Long.MAX_VALUE);
      assertThat(client.ask("select count(pg_sleep(0.001)) from numbers where n < 3").error())
          .isEmpty();
    }
  }

  @Test
  void bytesCountAsTheClientSeesThem() throws Exception {
    // A DataRow with one value of 3 bytes has 1 + 4 + 2 + 4 + 3.
    limit(Long.MAX_VALUE, 2 * 14);
    gateway.gate.mask("email", new Mask.Redact());

    assertThat(client.ask("select name from customers").rows()).hasSize(2);
    Answer masked = client.ask("select email from customers");

    assertThat(masked.rows()).containsExactly(List.of("[redacted]"));
    assertThat(masked.error()).isEqualTo("54000");
  }

  @Test
  void allResultsOfACommandCountTogether() throws Exception {
    limit(3, Long.MAX_VALUE);

    Answer answer = client.ask("select name from customers; select name from customers");

    assertThat(answer.rows()).hasSize(3);
    assertThat(answer.error()).isEqualTo("54000");
  }

  @Test
  void fetchingInPartsGetsNoMore() throws Exception {
    limit(3, Long.MAX_VALUE);

    client.write(
        all(
            parse("", "select n from numbers order by n"),
            bind("", ""),
            execute("", 2),
            execute("", 2),
            execute("", 2),
            sync()));
    List<RawClient.Message> answer = client.readyForQuery();

    assertThat(RawClient.answer(answer).rows()).hasSize(3);
    assertThat(RawClient.answer(answer).error()).isEqualTo("54000");
  }

  @Test
  void copiedRowsCountToo() throws Exception {
    limit(4, Long.MAX_VALUE);

    client.write(query("copy numbers to stdout"));

    assertThat(client.types()).isEqualTo("HddddEZI");
  }

  @Test
  void aTransactionIsAbortedAsByAnyError() throws Exception {
    client.ask("begin");
    limit(1, Long.MAX_VALUE);
    client.write(query("select name from customers"));
    assertThat(client.types()).endsWith("EZE");
    limit(Long.MAX_VALUE, Long.MAX_VALUE);

    assertThat(client.ask("select 1").error()).isEqualTo("25P02");
    assertThat(client.ask("rollback").error()).isEmpty();
  }

  @Test
  void aCommandThatTakesTooLongIsCancelledUpstream() throws Exception {
    gateway.gate.limit(new Limits(Long.MAX_VALUE, Long.MAX_VALUE, Duration.ofMillis(50)));

    Answer answer = client.ask("select pg_sleep(3600)");

    assertThat(answer.error()).isEqualTo("57014");
    assertThat(answer.message()).contains("for longer than policy lets it", "0.05s", "d-1");
    gateway.gate.limit(Limits.NONE);
    assertThat(client.ask("select 1").rows()).containsExactly(List.of("1"));
    assertThat(gateway.gate.observed)
        .filteredOn(Observation.Completed.class::isInstance)
        .contains(new Observation.Completed("d-1", "ERROR 57014", 0));
  }

  @Test
  void aPreparedCommandIsCancelledAsWell() throws Exception {
    client.write(parse("slow", "select pg_sleep(3600)"));
    client.write(sync());
    client.readyForQuery();
    gateway.gate.limit(new Limits(Long.MAX_VALUE, Long.MAX_VALUE, Duration.ofMillis(50)));

    client.write(all(bind("", "slow"), execute("", 0), sync()));

    assertThat(client.types()).isEqualTo("2EZI");
  }

  @Test
  void aCommandThatIsDoneInTimeIsNotTouched() throws Exception {
    gateway.gate.limit(new Limits(Long.MAX_VALUE, Long.MAX_VALUE, Duration.ofSeconds(60)));

    assertThat(client.ask("select 1").rows()).containsExactly(List.of("1"));
  }
}

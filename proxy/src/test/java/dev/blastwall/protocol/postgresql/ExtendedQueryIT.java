package dev.blastwall.protocol.postgresql;

import static dev.blastwall.protocol.postgresql.RawClient.all;
import static dev.blastwall.protocol.postgresql.RawClient.bind;
import static dev.blastwall.protocol.postgresql.RawClient.bindWithResults;
import static dev.blastwall.protocol.postgresql.RawClient.describe;
import static dev.blastwall.protocol.postgresql.RawClient.execute;
import static dev.blastwall.protocol.postgresql.RawClient.flush;
import static dev.blastwall.protocol.postgresql.RawClient.message;
import static dev.blastwall.protocol.postgresql.RawClient.parse;
import static dev.blastwall.protocol.postgresql.RawClient.query;
import static dev.blastwall.protocol.postgresql.RawClient.sync;
import static org.assertj.core.api.Assertions.assertThat;

import dev.blastwall.command.SqlBatch;
import dev.blastwall.command.Understanding;
import dev.blastwall.masking.Mask;
import dev.blastwall.protocol.postgresql.RawClient.Message;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The extended protocol, message by message (PostgreSQL manual, "Extended Query"). */
class ExtendedQueryIT {

  private final TestGateway gateway = TestGateway.shared();
  private RawClient client;

  @BeforeEach
  void connect() throws IOException {
    gateway.gate.reset();
    client = RawClient.signedIn(gateway.address());
  }

  @AfterEach
  void hangUp() throws IOException {
    client.close();
  }

  private List<List<Object>> judged() {
    return List.copyOf(gateway.gate.judged).stream()
        .map(SqlBatch.class::cast)
        .map(batch -> List.<Object>of(batch.text(), batch.parameters()))
        .toList();
  }

  @Test
  void aBatchIsJudgedOnceWithItsValues() throws IOException {
    client.write(
        all(
            parse("", "select $1::text"),
            bind("", "", "hello"),
            describe('P', ""),
            execute("", 0),
            sync()));
    assertThat(client.types()).isEqualTo("12TDCZI");
    assertThat(judged()).containsExactly(List.of("select $1::text", List.of("hello")));
  }

  @Test
  void aPreparedStatementIsJudgedAtParseAndAtEveryBind() throws IOException {
    client.write(all(parse("s", "select $1::text"), describe('S', "s"), sync()));
    assertThat(client.types()).isEqualTo("1tTZI");
    client.write(
        all(bind("", "s", "a"), execute("", 0), bind("", "s", "b"), execute("", 0), sync()));
    assertThat(client.types()).isEqualTo("2DC2DCZI");
    assertThat(judged())
        .containsExactly(
            List.of("select $1::text", List.of()),
            List.of("select $1::text", List.of("a")),
            List.of("select $1::text", List.of("b")));
  }

  @Test
  void aValueIsReasonEnoughToRefuse() throws IOException {
    client.write(all(parse("s", "select $1::text"), sync()));
    client.types();
    client.write(all(bind("", "s", "forbidden"), execute("", 0), sync()));
    assertThat(client.types()).isEqualTo("EZI");
  }

  @Test
  void aRefusedCommandTakesItsSegmentWithItAndNothingElse() throws IOException {
    client.write(
        all(
            parse("", "insert into customers (id, name) values (100, 'x')"),
            bind("", ""),
            execute("", 0),
            parse("", "select 'forbidden'"),
            bind("", ""),
            execute("", 0),
            parse("", "select 1"),
            bind("", ""),
            execute("", 0),
            sync(),
            query("select count(*) from customers where id = 100")));
    assertThat(client.types()).isEqualTo("12CEZI");
    assertThat(client.answer().rows()).containsExactly(List.of("0"));
  }

  @Test
  void aRefusedCommandFailsTheTransactionAsPostgresqlWould() throws IOException {
    client.write(query("begin"));
    assertThat(client.types()).isEqualTo("CZT");
    client.write(query("select 'forbidden'"));
    assertThat(client.types()).isEqualTo("EZE");
    assertThat(client.ask("select 1").error()).isEqualTo("25P02");
    client.write(query("rollback"));
    assertThat(client.types()).isEqualTo("CZI");
  }

  @Test
  void aRefusedQueryBehindAnOpenSegmentKeepsItsPlace() throws IOException {
    client.write(
        all(
            parse("", "select 1"),
            bind("", ""),
            execute("", 0),
            query("select 'forbidden'"),
            query("select 2")));
    assertThat(client.types()).isEqualTo("12DCEZI");
    assertThat(client.types()).isEqualTo("TDCZI");
  }

  @Test
  void aFlushBringsWhatWasAskedForSoFar() throws IOException {
    client.write(all(parse("s", "select 1"), describe('S', "s"), flush()));
    assertThat(List.of(client.read().type(), client.read().type(), client.read().type()))
        .containsExactly('1', 't', 'T');
    client.write(sync());
    assertThat(client.types()).isEqualTo("ZI");
  }

  @Test
  void aRefusedParseIsUnknownAfterwards() throws IOException {
    client.write(all(parse("s", "select 'forbidden'"), sync()));
    assertThat(client.types()).isEqualTo("EZI");
    client.write(all(bind("", "s"), execute("", 0), sync()));
    List<Message> messages = client.readyForQuery();
    assertThat(RawClient.answer(messages).error()).isEqualTo("26000");
    assertThat(messages).hasSize(2);
  }

  @Test
  void aStatementThatTheServerDidNotReplaceIsJudgedForWhatItIs() throws IOException {
    client.write(all(parse("s", "select 'approval'"), sync()));
    approveNext();
    assertThat(client.types()).isEqualTo("N1ZI");
    client.write(all(parse("s", "select 'harmless'"), sync()));
    assertThat(client.types()).as("the name is taken").isEqualTo("EZI");
    client.write(all(bind("", "s"), execute("", 0), sync()));
    approveNext();
    assertThat(client.types()).isEqualTo("N2DCZI");
  }

  @Test
  void sqlCannotGiveAPreparedStatementAnotherText() throws IOException {
    client.write(all(parse("p", "select 'harmless'"), sync()));
    assertThat(client.types()).isEqualTo("1ZI");
    client.write(query("deallocate p"));
    client.types();
    client.write(query("prepare p as select 'secret'"));
    client.types();

    assertThat(gateway.gate.judged.getLast())
        .isInstanceOfSatisfying(
            SqlBatch.class,
            batch -> assertThat(batch.understanding()).isEqualTo(Understanding.PARTIAL));
  }

  @Test
  void parseCannotTakeANameThatSqlGave() throws IOException {
    client.write(query("prepare q as select 'secret'"));
    client.types();

    client.write(
        all(parse("q", "select 'harmless'"), sync(), bind("", "q"), execute("", 0), sync()));

    assertThat(client.types()).doesNotContain("D");
  }

  @Test
  void aPortalsNameIsUsedOnce() throws IOException {
    client.write(query("begin"));
    client.types();
    client.write(
        all(parse("", "select generate_series(1, 9)"), bind("cc", ""), execute("cc", 1), sync()));
    client.types();
    client.write(query("close cc"));
    client.types();
    client.write(query("declare cc cursor for select 'secret'"));
    client.types();

    assertThat(gateway.gate.judged.getLast())
        .isInstanceOfSatisfying(
            SqlBatch.class,
            batch -> assertThat(batch.understanding()).isEqualTo(Understanding.PARTIAL));
  }

  private void approveNext() {
    try {
      gateway.gate.holds.poll(10, TimeUnit.SECONDS).approve();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aSuspendedPortalGoesOnUnderTheSameVerdict() throws IOException {
    client.write(
        all(
            parse("", "select * from numbers"),
            bind("", ""),
            execute("", 2),
            execute("", 3),
            sync()));
    assertThat(client.types()).isEqualTo("12DDsDDDsZI");
    assertThat(gateway.gate.judged).hasSize(1);
  }

  @Test
  void aResultThatTheClientDoesNotDescribeIsMaskedAllTheSame() throws IOException {
    gateway.gate.mask("email", new Mask.Redact());
    client.write(all(parse("s", "select email from customers where id = 1"), sync()));
    client.types();
    client.write(all(bind("", "s"), execute("", 0), sync()));
    List<Message> messages = client.readyForQuery();
    assertThat(RawClient.answer(messages).rows()).containsExactly(List.of("[redacted]"));
    assertThat(messages).extracting(Message::type).containsExactly('2', 'D', 'C', 'Z');
  }

  @Test
  void binaryValuesAreMaskedSoThatTheirTypeTakesThem() throws IOException {
    gateway.gate.mask("email", new Mask.Redact()).mask("born", new Mask.Redact());
    gateway.gate.mask("document", new Mask.Redact());
    client.write(
        all(
            parse("", "select id::text, email, document, born from customers where id = 1"),
            bindWithResults(1, "", ""),
            execute("", 0),
            sync()));
    assertThat(RawClient.answer(client.readyForQuery()).rows())
        .containsExactly(List.of("1", "[redacted]", "\u0001\"[redacted]\"", "NULL"));
  }

  @Test
  void aSyncBehindAnErrorEndsTheSkippingOfTheUpstream() throws IOException {
    client.write(
        all(
            parse("", "select 1/(n-1) from numbers where n = 1"),
            bind("", ""),
            execute("", 0),
            parse("", "select 2"),
            bind("", ""),
            execute("", 0),
            sync(),
            parse("", "select 3"),
            bind("", ""),
            execute("", 0),
            sync()));
    assertThat(client.types()).isEqualTo("12EZI");
    assertThat(client.types()).isEqualTo("12DCZI");
  }

  @Test
  void anErrorSeenBeforeSyncMakesTheGatewaySkipToo() throws IOException {
    client.write(all(parse("", "select from nowhere"), flush()));
    assertThat(client.read().type()).isEqualTo('E');
    client.write(all(bind("", ""), execute("", 0), query("select 1"), sync()));
    assertThat(client.types()).isEqualTo("ZI");
    assertThat(client.ask("select 2").rows()).containsExactly(List.of("2"));
  }

  @Test
  void anUnknownPortalIsAnErrorOfTheSegment() throws IOException {
    client.write(all(execute("nowhere", 0), sync()));
    List<Message> messages = client.readyForQuery();
    assertThat(RawClient.answer(messages).error()).isEqualTo("34000");
    assertThat(messages).hasSize(2);
  }

  @Test
  void aHeldCommandLetsNothingBehindItOvertake() throws IOException {
    client.write(
        all(
            parse("", "select 'approval'"),
            bind("", ""),
            execute("", 0),
            sync(),
            query("select 2")));
    approveNext();
    StringBuilder types = new StringBuilder(client.types()).append(client.types());
    assertThat(types.toString()).isEqualTo("N12DCZITDCZI");
  }

  @Test
  void aWithheldResultIsAnErrorAndFailsTheTransaction() throws IOException {
    gateway.gate.withhold("email");
    client.write(query("select email from customers"));
    assertThat(client.types()).isEqualTo("EZI");
    client.write(query("begin"));
    client.types();
    client.write(
        all(parse("", "select email from customers"), bind("", ""), execute("", 0), sync()));
    assertThat(client.types()).isEqualTo("12EZE");
    client.write(query("rollback"));
    assertThat(client.types()).isEqualTo("CZI");
  }

  @Test
  void aLyingLengthInsideABindIsTheClientsLastMessage() throws IOException {
    client.write(all(parse("", "select $1"), message('B', "\0\0\0\0\0\1\177\177\177\177")));
    assertThat(client.rest()).contains("08P01");
  }
}

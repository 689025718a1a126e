package dev.blastwall.protocol.postgresql;

import static dev.blastwall.protocol.postgresql.RawClient.all;
import static dev.blastwall.protocol.postgresql.RawClient.bind;
import static dev.blastwall.protocol.postgresql.RawClient.execute;
import static dev.blastwall.protocol.postgresql.RawClient.message;
import static dev.blastwall.protocol.postgresql.RawClient.parse;
import static dev.blastwall.protocol.postgresql.RawClient.query;
import static dev.blastwall.protocol.postgresql.RawClient.sync;
import static org.assertj.core.api.Assertions.assertThat;

import dev.blastwall.command.ColumnOrigin;
import dev.blastwall.command.ResultColumn;
import dev.blastwall.command.SqlBatch;
import dev.blastwall.command.SqlStatement;
import dev.blastwall.command.Understanding;
import dev.blastwall.masking.Detector;
import dev.blastwall.masking.DetectorMask;
import dev.blastwall.masking.Mask;
import dev.blastwall.masking.MaskingKey;
import dev.blastwall.protocol.ContractClient.Answer;
import dev.blastwall.protocol.Observation;
import dev.blastwall.protocol.postgresql.RawClient.Message;
import io.netty.util.internal.PlatformDependent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of an answer reaches the client. */
class ResultsIT {

  private static final String EMAIL = "ada@example.org";

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

  private List<ResultColumn> described() {
    return gateway.gate.described.getLast();
  }

  @Test
  void aPlainColumnIsKnownByItsTableWhateverItsAlias() throws IOException {
    client.ask("with c as (select email as x, id from customers) select x as y, id + 1 from c");
    assertThat(described().getFirst())
        .isEqualTo(
            new ResultColumn(
                "y",
                "text",
                List.of(new ColumnOrigin("public", "customers", "email")),
                true,
                true));
    assertThat(described().getLast().direct()).isFalse();
  }

  @Test
  void aColumnOfAViewMayBeAnythingBelowIt() throws IOException {
    gateway.gate.mask("email", new Mask.Redact());
    assertThat(client.ask("select address from addresses where customer = 1").rows())
        .containsExactly(List.of("[redacted]"));
  }

  @Test
  void aTableThatTheSessionChangedIsNotTracedUntilItsTransactionEnds() throws IOException {
    client.ask("begin");
    client.ask("alter table numbers rename column n to m");
    client.ask("select m from numbers limit 1");
    assertThat(described().getFirst().traced()).isFalse();
    client.ask("rollback");
    client.ask("select n from numbers limit 1");
    assertThat(described().getFirst().traced()).isTrue();
  }

  @Test
  void aCursorIsMaskedAsItsQuery() throws IOException {
    gateway.gate.mask("email", new Mask.Redact());
    client.ask("begin");
    client.ask("declare c cursor for select upper(email) from customers where id = 1");
    assertThat(client.ask("fetch all from c").rows()).containsExactly(List.of("[redacted]"));
    client.ask("rollback");
  }

  @Test
  void executeIsJudgedAsWhatWasPrepared() throws IOException {
    client.ask("prepare p as select upper(email) from customers where id = 1");
    gateway.gate.mask("email", new Mask.Redact());
    assertThat(client.ask("execute p").rows()).containsExactly(List.of("[redacted]"));
    SqlBatch execute = (SqlBatch) gateway.gate.judged.getLast();
    assertThat(execute.statements()).flatExtracting(SqlStatement::tables).isNotEmpty();
    assertThat(execute.understanding()).isEqualTo(Understanding.COMPLETE);
  }

  @Test
  void executeOfANameThatNobodyGaveIsNotUnderstood() throws IOException {
    client.ask("execute nobody");
    assertThat(((SqlBatch) gateway.gate.judged.getLast()).understanding())
        .isEqualTo(Understanding.PARTIAL);
  }

  @Test
  void executeRunsWhatParseNamedToo() throws IOException {
    client.write(all(parse("mine", "select id from customers"), sync()));
    client.types();
    client.ask("execute mine");
    SqlBatch execute = (SqlBatch) gateway.gate.judged.getLast();
    assertThat(execute.statements()).flatExtracting(SqlStatement::tables).isNotEmpty();
  }

  @Test
  void aDetectorLooksIntoEveryTextColumnAndIntoJson() throws IOException {
    gateway.gate.detect(new DetectorMask(Detector.CARD_NUMBER, new Mask.Partial(0, 4, null)));
    Answer answer =
        client.ask(
            "select card, json_build_object('c', card), json_build_object('c', 4111111111111111),"
                + " array[card], 4111111111111111 from customers where id = 1");
    List<String> row = answer.rows().getFirst();
    assertThat(row.get(0)).endsWith("1111").doesNotContain("4111");
    assertThat(row.get(1)).contains("***").doesNotContain("4111");
    assertThat(row.get(2)).as("a number masked is no JSON").isEqualTo("NULL");
    assertThat(row.get(3)).startsWith("{").contains("***").doesNotContain("4111");
    assertThat(row.get(4)).as("not text").isEqualTo("4111111111111111");
  }

  @Test
  void aNotificationGoesThroughTheDetectors() throws IOException {
    gateway.gate.detect(new DetectorMask(Detector.CARD_NUMBER, new Mask.Redact()));
    client.write(query("listen cards; notify cards, 'card 4111 1111 1111 1111'"));
    List<Message> messages = client.readyForQuery();
    assertThat(messages)
        .filteredOn(message -> message.type() == 'A')
        .singleElement()
        .satisfies(message -> assertThat(message.text()).contains("cards\0card [redacted]\0"));
  }

  @Test
  void anErrorDoesNotQuoteAMaskedValue() throws IOException {
    gateway.gate.mask("email", new Mask.Redact());
    Answer cast = client.ask("select id from customers where id = 1 and email::int = 1");
    assertThat(cast.error()).isEqualTo("22P02");
    assertThat(cast.message()).doesNotContain(EMAIL);
    Answer duplicate =
        client.ask(
            "insert into customers (id, email) select 99, email from customers where id = 1");
    assertThat(duplicate.error()).isEqualTo("23505");
    assertThat(duplicate.message()).contains("customers_email_key").doesNotContain(EMAIL);
  }

  @Test
  void aConstraintShowsTheRowUnlessSomethingInItIsMasked() throws IOException {
    String duplicate = "insert into customers (id) values (1)";
    assertThat(client.ask(duplicate).message()).contains("Key (id)=(1) already exists.");
    gateway.gate.mask("email", new Mask.Redact());
    assertThat(client.ask(duplicate).message())
        .contains("customers_pkey")
        .doesNotContain("Key (id)");
  }

  @Test
  void aConstraintIsAboutTheTableThatItRefersToAsWell() throws IOException {
    client.ask("create table visits (customer int references customers)");
    Answer missing = client.ask("insert into visits values (99)");
    client.ask("drop table visits");
    assertThat(missing.message()).contains("Key (customer)=(99) is not present");
    assertThat(gateway.gate.described.getLast())
        .flatExtracting(ResultColumn::origins)
        .contains(new ColumnOrigin("public", "customers", "*"));
  }

  @Test
  void anErrorThatQuotesNothingMaskedKeepsItsWords() throws IOException {
    Answer answer = client.ask("select 'x'::int from numbers limit 1");
    assertThat(answer.message()).contains("invalid input syntax for type integer: \"x\"");
  }

  @Test
  void copySendsRowsThroughTheDetectors() throws IOException {
    gateway.gate.detect(new DetectorMask(Detector.CARD_NUMBER, new Mask.Redact()));
    client.write(query("copy (select id, card from customers where id = 1) to stdout"));
    List<Message> messages = client.readyForQuery();
    assertThat(messages).extracting(Message::type).containsExactly('H', 'd', 'c', 'C', 'Z');
    assertThat(messages.get(1).text()).isEqualTo("1\t[redacted]\n");
  }

  @Test
  void copyThatDoesNotNameItsColumnsIsRefusedWhenOneIsMasked() throws IOException {
    gateway.gate.mask("email", new Mask.Redact());
    client.write(query("copy customers to stdout"));
    assertThat(client.types()).isEqualTo("EZI");
    client.write(query("copy customers (id, email) to stdout (encoding 'latin1')"));
    assertThat(client.types()).isEqualTo("EZI");
    client.write(query("copy customers (id, name) to stdout"));
    assertThat(client.types()).isEqualTo("HddcCZI");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "text | `1\t[redacted]\ta,\"\\\\b\\n\n`",
        "delimiter ';' | `1;[redacted];a,\"\\\\b\\n\n`",
        "delimiter '[' | `1[\\[redacted][a,\"\\\\b\\n\n`",
        "format csv | `1,\"[redacted]\",\"a,\"\"\\b\n\"\n`",
        "format csv, force_quote * | `\"1\",\"[redacted]\",\"a,\"\"\\b\n\"\n`",
        "format csv, quote '[', escape 'x' | `1,[x[redacted][,[a,\"\\b\n[\n`",
      })
  void copyMasksAColumnInItsPlace(String options, String line) throws IOException {
    gateway.gate.mask("email", new Mask.Redact());
    String with = options.equals("text") ? "" : "(" + options + ")";
    client.write(
        query(
            "copy (select id, email, E'a,\"\\\\b\\n' from customers where id = 1) to stdout "
                + with));
    List<Message> messages = client.readyForQuery();
    assertThat(messages).extracting(Message::type).containsExactly('H', 'd', 'c', 'C', 'Z');
    assertThat(messages.get(1).text()).isEqualTo(line);
  }

  @Test
  void copyKeepsItsHeaderAndNullWhereItMasks() throws IOException {
    gateway.gate.mask("email", new Mask.Nullify());
    client.write(query("copy customers (email, id) to stdout (format csv, header, null '-')"));
    List<Message> messages = client.readyForQuery();
    assertThat(messages)
        .extracting(Message::type)
        .containsExactly('H', 'd', 'd', 'd', 'c', 'C', 'Z');
    assertThat(messages.get(1).text()).isEqualTo("email,id\n");
    assertThat(messages.get(2).text()).isEqualTo("-,1\n");
  }

  @Test
  void copyDoesNotTellWhichMaskedValuesAreTheClientsWordForNull() throws IOException {
    gateway.gate.mask("email", new Mask.Redact());
    client.write(query("copy customers (id, email) to stdout (null 'alice@example.com')"));
    assertThat(client.types()).isEqualTo("EZI");
    client.write(query("copy customers (id, name) to stdout (null 'Alice')"));
    assertThat(client.types()).isEqualTo("HddcCZI");
  }

  @Test
  void copyInBinarySendsNullForAMaskedColumn() throws IOException {
    gateway.gate.mask("email", new Mask.Redact());
    client.write(query("copy customers (email, id) to stdout (format binary)"));
    StringBuilder data = new StringBuilder();
    for (Message message : client.readyForQuery()) {
      data.append(message.type() == 'd' ? message.text() : "");
    }
    assertThat(data.toString())
        .startsWith("PGCOPY")
        .doesNotContain("example")
        .contains("\0\2\uFFFD\uFFFD\uFFFD\uFFFD\0\0\0\4\0\0\0\1");
  }

  @Test
  void copyInBinaryIsRefusedWhereAValueWouldHaveToBeFound() throws IOException {
    gateway.gate.detect(new DetectorMask(Detector.CARD_NUMBER, new Mask.Redact()));
    client.write(query("copy customers to stdout (format binary)"));
    assertThat(client.types()).isEqualTo("EZI");
  }

  @Test
  void copyThatWritesMaskedValuesIsJudgedAgain() throws IOException {
    gateway.gate.refuseMasked();
    client.write(query("copy customers (id, name) from stdin"));
    assertThat(client.read().type()).isEqualTo('G');
    client.write(all(message('d', "300\tZoe\n301\t[reda"), message('d', "cted]\n"), message('c')));
    Answer answer = client.answer();
    assertThat(answer.error()).isEqualTo("42501");
    assertThat(answer.message()).contains("masked");
    assertThat(client.ask("select count(*) from customers where id >= 300").rows())
        .containsExactly(List.of("0"));
  }

  @Test
  void copyThatWritesMaskedValuesGoesOnWherePolicyLetsIt() throws IOException {
    client.write(query("copy customers (id, name) from stdin"));
    assertThat(client.read().type()).isEqualTo('G');
    client.write(all(message('d', "302\t***\n"), message('d', "303\t***\n"), message('c')));
    assertThat(client.types()).isEqualTo("CZI");
    assertThat(gateway.gate.judged).hasSize(2);
    client.ask("delete from customers where id in (302, 303)");
  }

  @Test
  void aTokenThatWasShownIsRecognisedInCopy() throws IOException {
    gateway.gate.mask("email", new Mask.Tokenize(MaskingKey.random()));
    String token = client.ask("select email from customers where id = 1").rows().get(0).get(0);
    gateway.gate.refuseMasked();
    client.write(query("copy customers (id, email) from stdin"));
    assertThat(client.read().type()).isEqualTo('G');
    client.write(all(message('d', "304\t" + token + "\n"), message('c')));
    assertThat(client.types()).isEqualTo("EZI");
    assertThat(client.ask("update customers set email = '" + token + "' where id = 1").error())
        .isEqualTo("42501");
  }

  @Test
  void aMaskedValueInBinaryFormIsRecognised() throws IOException {
    client.write(
        all(
            parse("", "update customers set name = $1 where id = 77"),
            RawClient.bindBinary("", "", "[redacted]".getBytes(StandardCharsets.UTF_8)),
            execute("", 0),
            sync()));
    client.types();
    assertThat(((SqlBatch) gateway.gate.judged.getLast()).maskedTokens()).isTrue();
  }

  @Test
  void copyTakesRowsInTheSimpleProtocol() throws IOException {
    client.write(query("copy customers (id, name) from stdin"));
    assertThat(client.read().type()).isEqualTo('G');
    client.write(all(message('d', "200\tZoe\n"), message('c')));
    assertThat(client.types()).isEqualTo("CZI");
    assertThat(client.ask("delete from customers where id = 200 returning name").rows())
        .containsExactly(List.of("Zoe"));
  }

  @Test
  void copyTakesRowsInTheExtendedProtocolAndIgnoresTheSyncBeforeThem() throws IOException {
    client.write(
        all(
            parse("", "copy customers (id, name) from stdin"),
            bind("", ""),
            execute("", 0),
            sync()));
    assertThat(List.of(client.read().type(), client.read().type(), client.read().type()))
        .containsExactly('1', '2', 'G');
    client.write(all(message('d', "201\tZoe\n"), message('c'), sync()));
    assertThat(client.types()).isEqualTo("CZI");
    assertThat(client.ask("delete from customers where id = 201 returning name").rows())
        .containsExactly(List.of("Zoe"));
  }

  @Test
  void copyThatFailsLeavesTheSessionUsable() throws IOException {
    client.write(query("copy customers (id, name) from stdin"));
    assertThat(client.read().type()).isEqualTo('G');
    client.write(all(message('d', "not a number\tZoe\n"), message('c')));
    assertThat(client.types()).isEqualTo("EZI");
    assertThat(client.ask("select 1").rows()).containsExactly(List.of("1"));
  }

  @Test
  void aSettingThatChangesHowTextIsReadEndsTheSession() throws IOException {
    client.send("set client_encoding = latin1");
    assertThat(client.rest()).contains("FATAL").contains("client_encoding");
  }

  @Test
  void textThatCouldBeReadInTwoWaysWaitsForWhatMayChangeHowItIsRead() throws IOException {
    client.write(
        all(query("select set_config('client_encoding', 'latin1', false)"), query("select 'ä'")));
    assertThat(client.rest()).contains("FATAL").contains("client_encoding");
    assertThat(gateway.gate.texts()).hasSize(1);
  }

  @Test
  void suchTextGoesOnWhenNothingHasChanged() throws IOException {
    client.write(all(query("select now()"), query("select 'ä\\b'")));
    assertThat(client.types()).isEqualTo("TDCZI");
    assertThat(client.answer().rows()).containsExactly(List.of("ä\\b"));
  }

  @Test
  void suchTextIsRefusedInASegmentThatIsNotSynced() throws IOException {
    client.write(
        all(
            parse("", "select set_config('application_name', 'x', false)"),
            bind("", ""),
            execute("", 0),
            parse("", "select 'ä'"),
            sync()));
    assertThat(client.types()).isEqualTo("12DCEZI");
  }

  @Test
  void anAnswerThatCameAtOnceLeavesAtOnce() throws IOException {
    client.ask("select id from customers where id = 1");
    gateway.gate.observed.clear();
    client.ask("select id from customers where id = 1");
    assertThat(gateway.gate.observed)
        .filteredOn(Observation.Response.class::isInstance)
        .as("now that text and table are known, nothing is awaited in the middle of the answer")
        .hasSize(1);
  }

  @Test
  void aSlowClientDoesNotMakeTheGatewayHoldTheResult() throws Exception {
    client.send("select repeat('x', 1000) from numbers, generate_series(1, 20)");
    // 200 MB are on their way and nobody reads: the upstream must be made to wait.
    awaitUpstreamBlocked();
    assertThat(heldBytes()).isLessThan(64_000_000);
    long rows = client.readyForQuery().stream().filter(m -> m.type() == 'D').count();
    assertThat(rows).isEqualTo(200_000);
  }

  private void awaitUpstreamBlocked() throws SQLException {
    try (Connection admin = gateway.direct();
        PreparedStatement query =
            admin.prepareStatement(
                "select 1 from pg_stat_activity where wait_event = 'ClientWrite'")) {
      boolean blocked;
      do {
        try (ResultSet found = query.executeQuery()) {
          blocked = found.next();
        }
      } while (!blocked);
    }
  }

  private static long heldBytes() {
    return PlatformDependent.usedDirectMemory();
  }
}

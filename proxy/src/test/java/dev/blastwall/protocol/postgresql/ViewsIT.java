package dev.blastwall.protocol.postgresql;

import static dev.blastwall.protocol.postgresql.RawClient.all;
import static dev.blastwall.protocol.postgresql.RawClient.bind;
import static dev.blastwall.protocol.postgresql.RawClient.describe;
import static dev.blastwall.protocol.postgresql.RawClient.execute;
import static dev.blastwall.protocol.postgresql.RawClient.parse;
import static dev.blastwall.protocol.postgresql.RawClient.query;
import static dev.blastwall.protocol.postgresql.RawClient.sync;
import static org.assertj.core.api.Assertions.assertThat;

import dev.blastwall.command.ColumnOrigin;
import dev.blastwall.command.ColumnUse;
import dev.blastwall.command.ResultColumn;
import dev.blastwall.command.SqlBatch;
import dev.blastwall.command.SqlStatement;
import dev.blastwall.command.TableAccess;
import dev.blastwall.command.TableAccess.Access;
import dev.blastwall.command.Understanding;
import dev.blastwall.masking.Mask;
import dev.blastwall.protocol.ContractClient.Answer;
import dev.blastwall.protocol.FakeGate;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A name that stands for more than it says: whatever is below it is judged and masked. */
class ViewsIT {

  /** No byte of it may reach the client, in whatever case. */
  private static final String SECRET = "ada@secret.example";

  private static final TestGateway GATEWAY = TestGateway.shared();

  private RawClient client;

  @BeforeAll
  static void createViews() throws IOException {
    define(
        """
        create schema views;
        create schema hidden;
        create table views.people (id int primary key, name text, email text);
        insert into views.people values (1, 'Ada', '%s'), (2, 'Bob', null);
        create view views.contacts (id, who, mail) as select id, name, email from views.people;
        create view views.loud as select id, upper(mail) as shout from views.contacts;
        create materialized view views.stored as select id, mail as kept from views.contacts;
        create view views."Odd ""Name" as select email as "E-Mail" from views.people;
        create view hidden.people_of_old as select email as mail from views.people;
        create view views.masked as select id, left(email, 8) as mail from views.people;
        create view views.mine as select current_user as me, id from views.people;
        create function views.mail_of(views.people) returns text
          language sql as 'select $1.email';
        create function views.total(views.contacts) returns text
          language sql as 'select $1.mail';
        create function views.upper(int) returns text
          language sql as 'select email from views.people where id = $1';
        create table views.archive (primary key (id)) inherits (views.people);
        insert into views.archive values (3, 'Eve', '%s');
        create table views.regions (id int, email text) partition by list (id);
        create table views.region_1 partition of views.regions for values in (1);
        insert into views.regions values (1, '%s');
        create table views.noted (id int);
        create rule shows as on update to views.noted
          do also select upper(email) as id from views.people;
        insert into views.noted values (1)\
        """
            .formatted(SECRET, SECRET, SECRET));
  }

  @AfterAll
  static void dropViews() throws IOException {
    define("drop schema views cascade; drop schema hidden cascade");
  }

  /** Through the gateway, which so knows at once what is new and what is gone. */
  private static void define(String sql) throws IOException {
    try (RawClient admin = RawClient.signedIn(GATEWAY.address())) {
      Answer answer = admin.ask(sql);
      assertThat(answer.error()).as(answer.message()).isEmpty();
    }
  }

  @BeforeEach
  void connect() throws IOException {
    GATEWAY.gate.reset();
    client = RawClient.signedIn(GATEWAY.address());
  }

  @AfterEach
  void hangUp() throws IOException {
    client.close();
  }

  private static SqlBatch judged() {
    return (SqlBatch) GATEWAY.gate.judged.getLast();
  }

  private static List<TableAccess> tables() {
    return judged().statements().stream()
        .flatMap(statement -> statement.tables().stream())
        .distinct()
        .toList();
  }

  private static ColumnOrigin email() {
    return new ColumnOrigin("views", "people", "email");
  }

  /** All that the client gets, as one text. */
  private String everything(byte[] messages) throws IOException {
    client.write(messages);
    StringBuilder all = new StringBuilder();
    client.readyForQuery().forEach(message -> all.append(message.text()).append('\n'));
    return all.toString().toLowerCase(java.util.Locale.ROOT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select upper(mail) from views.contacts",
        "select mail || '' from views.contacts",
        "select (v).mail || '' from views.contacts v",
        "select (v.*)::text from views.contacts v",
        "select v from views.contacts v",
        "select row_to_json(v) from views.contacts v",
        "select string_agg(mail, ',') from views.contacts",
        "select mail::int from views.contacts where id = 1",
        "select id from views.contacts where mail::int = 1",
        "copy (select mail from views.contacts) to stdout",
        "copy (select * from views.contacts) to stdout",
        "select mail from views.contacts union select 'x'",
        "select reverse(reverse(shout)) from views.loud",
        "select shout from views.loud",
        "select kept || '' from views.stored",
        "copy views.stored to stdout",
        "select \"E-Mail\" || '' from views.\"Odd \"\"Name\"",
        "select lower(mail) from people_of_old",
        "select concat(mail) from views.masked",
        "select p.mail_of from views.people p",
        "select c.total || '' from views.contacts c",
        "select email || '' from views.archive",
        "select email || '' from only views.people",
        "update views.noted set id = id",
        "prepare p as select upper(mail) from views.contacts; execute p",
        "declare c cursor for select mail || '' from views.contacts; fetch all from c",
        "create temp table kept_1 as select mail from views.contacts; select mail || '' from kept_1",
        "select mail into temp kept_2 from views.contacts; select mail || '' from kept_2",
        "create temp view own as select email as m from views.people; select m || '' from own",
        "create temp view own as select email as m from views.people; select m || '' from pg_temp.own",
      })
  void aMaskedColumnStaysMaskedBehindAnyName(String text) throws IOException {
    client.ask("set search_path = views, hidden, public");
    assertThat(everything(query("begin; " + text + "; rollback"))).contains("ada@");
    client.ask("rollback; deallocate all");
    GATEWAY.gate.mask("email", new Mask.Redact());

    String answer = everything(query(text));

    assertThat(answer).doesNotContain("ada@");
  }

  @Test
  void aPartitionIsItsTable() throws IOException {
    assertThat(client.ask("select lower(email) from views.region_1").rows()).hasSize(1);
    assertThat(described())
        .extracting(ResultColumn::origins)
        .containsExactly(
            List.of(
                new ColumnOrigin("views", "region_1", "email"),
                new ColumnOrigin("views", "regions", "email")));
    client.ask("select email from views.region_1");
    assertThat(described().getFirst().origins())
        .containsExactly(
            new ColumnOrigin("views", "region_1", "email"),
            new ColumnOrigin("views", "regions", "email"));
    assertThat(described().getFirst().direct()).isTrue();
    assertThat(tables()).contains(new TableAccess("views", "regions", Access.READ));
  }

  private static List<ResultColumn> described() {
    return GATEWAY.gate.described.getLast();
  }

  @Test
  void aViewsColumnHasTheLineageOfItsQueryAndNoMore() throws IOException {
    client.ask("select who || '', id + 1, mail || '' from views.contacts");
    assertThat(described()).allMatch(ResultColumn::traced).noneMatch(ResultColumn::direct);
    assertThat(described().get(0).origins())
        .containsExactly(
            new ColumnOrigin("views", "contacts", "who"),
            new ColumnOrigin("views", "people", "name"),
            new ColumnOrigin("views", "archive", "name"));
    assertThat(described().get(2).origins()).contains(email());
  }

  @Test
  void aPlainColumnOfAViewIsTracedToo() throws IOException {
    client.ask("select shout, id from views.loud");
    assertThat(described()).allMatch(ResultColumn::traced).noneMatch(ResultColumn::direct);
    assertThat(described().get(0).origins()).contains(email());
    assertThat(described().get(1).origins()).doesNotContain(email());
  }

  @Test
  void policySeesWhatAViewIsMadeOfBeforeTheCommandRuns() throws IOException {
    client.ask("select upper(shout) from views.loud where id = 1");
    assertThat(tables())
        .contains(
            new TableAccess("views", "loud", Access.READ),
            new TableAccess("views", "contacts", Access.READ),
            new TableAccess("views", "people", Access.READ));
    assertThat(judged().statements().getFirst().columns())
        .contains(new ColumnUse(email(), ColumnUse.Use.OUTPUT));
    assertThat(judged().understanding()).isEqualTo(Understanding.COMPLETE);
  }

  @Test
  void whatIsWrittenToAViewIsWrittenBelowIt() throws IOException {
    client.ask("begin; update views.contacts set mail = 'x' where id = 2; rollback");
    assertThat(tables()).contains(new TableAccess("views", "people", Access.WRITE));
    assertThat(judged().statements())
        .flatExtracting(SqlStatement::columns)
        .contains(new ColumnUse(email(), ColumnUse.Use.WRITE));
  }

  @Test
  void aPlainTableIsAsItsTextSays() throws IOException {
    client.ask("select n from numbers where n = 1");
    assertThat(tables()).containsExactly(new TableAccess(null, "numbers", Access.READ));
  }

  @Test
  void aFunctionOfSomebodysOwnIsSeenBehindTheNameOfTheServers() throws IOException {
    client.ask("select upper('x')");
    assertThat(judged().statements().getFirst().functions()).contains("upper", "views.upper");
    assertThat(described().getFirst().traced()).isFalse();
  }

  @Test
  void aViewThatCannotBeReadMakesTheCommandNotUnderstood() throws Exception {
    define("create view views.far as select * from query_to_xml('select ' || 1, true, true, '') x");
    client.ask("select count(*) from views.far");
    assertThat(judged().understanding()).isEqualTo(Understanding.PARTIAL);
  }

  @Test
  void preparedStatementsAreResolvedAtEveryBind() throws IOException {
    GATEWAY.gate.mask("email", new Mask.Redact());
    client.write(all(parse("s", "select lower(who) from views.contacts where id = 1"), sync()));
    client.types();
    client.write(all(bind("", "s"), describe('P', ""), execute("", 0), sync()));
    client.types();
    client.ask(
        "create or replace view views.contacts (id, who, mail) as"
            + " select id, email, email from views.people");
    assertThat(everything(all(bind("", "s"), execute("", 0), sync())))
        .contains("[redacted]")
        .doesNotContain("ada@");
    client.ask(
        "create or replace view views.contacts (id, who, mail) as"
            + " select id, name, email from views.people");
    assertThat(everything(all(bind("", "s"), execute("", 0), sync()))).contains("ada");
  }

  @Test
  void aCursorKeepsTheViewThatItWasDeclaredOn() throws IOException {
    GATEWAY.gate.mask("email", new Mask.Redact());
    client.ask("create view views.changing as select email as x from views.people");
    client.ask("begin");
    client.ask("declare c cursor for select x || '' from views.changing");
    client.ask("create or replace view views.changing as select name as x from views.people");
    assertThat(everything(query("fetch all from c"))).doesNotContain("ada@");
    client.ask("rollback");
  }

  @Test
  void aViewIsKnownToOtherSessionsAsSoonAsItIsThere() throws IOException {
    GATEWAY.gate.mask("email", new Mask.Redact());
    try (RawClient other = RawClient.signedIn(GATEWAY.address())) {
      other.ask("select x || '' from views.later");
      client.ask("create view views.later as select email as x from views.people");
      assertThat(other.ask("select x || '' from views.later where true").rows())
          .contains(List.of("[redacted]"));
    }
  }

  @Test
  void aRelationThatItsTransactionMadeIsMadeOfAllThatWasNamed() throws IOException {
    GATEWAY.gate.mask("email", new Mask.Redact());
    client.ask("begin");
    client.ask("create temp table own as select mail as x from views.contacts");
    assertThat(everything(query("select x || '' from own"))).doesNotContain("ada@");
    assertThat(tables()).contains(new TableAccess("views", "people", Access.READ));
    client.ask("rollback");
  }

  @Test
  void aTableThatItsTransactionMadeIsUsableAtOnce() throws IOException {
    client.ask("begin");
    client.ask("create temp table own (x text)");
    client.ask("insert into own values ('seen')");
    assertThat(client.ask("select x || '' from own").rows()).containsExactly(List.of("seen"));
    assertThat(judged().understanding()).isEqualTo(Understanding.COMPLETE);
    client.ask("rollback");
  }

  @Test
  void aPipelineCannotOutrunTheCatalog() throws IOException {
    GATEWAY.gate.mask("email", new Mask.Redact());
    String answer =
        everything(
            all(
                parse("", "create view views.fast as select email as x from views.people"),
                bind("", ""),
                execute("", 0),
                parse("", "select x || '' from views.fast"),
                bind("", ""),
                execute("", 0),
                sync()));
    assertThat(answer).contains("[redacted]").doesNotContain("ada@");
  }

  @Test
  void whatChangedWhileItWaitedForApprovalIsNotRun() throws Exception {
    client.ask("create view views.moving as select name as x from views.people");
    client.write(query("select x || '' as approval from views.moving"));
    assertThat(client.read().type()).isEqualTo('N');
    FakeGate.FakeHeld held = GATEWAY.gate.holds.take();
    try (RawClient other = RawClient.signedIn(GATEWAY.address())) {
      other.ask("create or replace view views.moving as select email as x from views.people");
    }

    held.approve();

    Answer answer = client.answer();
    assertThat(answer.error()).isEqualTo("42501");
    assertThat(answer.message()).contains("changed while it waited");
  }
}

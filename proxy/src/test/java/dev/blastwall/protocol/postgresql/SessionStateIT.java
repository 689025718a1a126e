package dev.blastwall.protocol.postgresql;

import static dev.blastwall.protocol.postgresql.RawClient.all;
import static dev.blastwall.protocol.postgresql.RawClient.bind;
import static dev.blastwall.protocol.postgresql.RawClient.describe;
import static dev.blastwall.protocol.postgresql.RawClient.execute;
import static dev.blastwall.protocol.postgresql.RawClient.message;
import static dev.blastwall.protocol.postgresql.RawClient.parse;
import static dev.blastwall.protocol.postgresql.RawClient.query;
import static dev.blastwall.protocol.postgresql.RawClient.startup;
import static dev.blastwall.protocol.postgresql.RawClient.sync;
import static org.assertj.core.api.Assertions.assertThat;

import dev.blastwall.command.SqlBatch;
import dev.blastwall.command.SqlStatement;
import dev.blastwall.command.TableAccess;
import dev.blastwall.command.Understanding;
import dev.blastwall.masking.Mask;
import dev.blastwall.protocol.ContractClient.Answer;
import dev.blastwall.protocol.FakeGate;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a session did before, and whatever code runs: a name is judged as what it means. */
class SessionStateIT {

  private static final String SECRET = "state-secret";

  private static final TestGateway GATEWAY = TestGateway.shared();

  private RawClient client;

  @BeforeAll
  static void create() throws IOException {
    define(
        """
        create schema state;
        create schema hidden;
        create table state.people (id int primary key, x text, email text);
        insert into state.people values (1, 'plain', '%s');
        create view hidden.people as select id, email as x, x as email from state.people;
        create table state.log (word text);
        create table state.made (
          email text, loud text generated always as (reverse(upper(email))) stored);
        insert into state.made (email) values ('%s');
        create function state.mails() returns setof text language sql
          as 'select email from state.people';
        create function state.pathed() returns setof text language sql set search_path = hidden
          as 'select x from people';
        create function state.on_log() returns trigger language plpgsql
          as $$ begin perform email from state.people; return new; end $$;
        create function state.writes(text) returns void language sql security definer
          as 'insert into state.log values ($1)';
        create function state.through() returns setof text language plpgsql
          as $$ begin return query select * from state.mails(); end $$;
        create function state.run(text) returns text language plpgsql
          as $$ declare found text; begin
            if $1 like 'select%%' then execute $1 into found; else execute $1; end if;
            return found; end $$;
        create function state.opens(c refcursor) returns refcursor language plpgsql
          as $$ begin open c for select lower(email) from state.people; return c; end $$;
        create function state.keeps(text, text) returns text language sql
          as 'select max(email) from state.people';
        create aggregate state.kept(text) (sfunc = state.keeps, stype = text);
        create function state.typed() returns text language plpgsql
          as $$ declare p state.people%%rowtype; n int; begin
            select * into p from state.people limit 1; p.x := 'y'; n := 1; return p.email; end $$\
        """
            .formatted(SECRET, SECRET));
  }

  @AfterAll
  static void drop() throws IOException {
    define("drop schema state cascade; drop schema hidden cascade");
  }

  private static void define(String sql) throws IOException {
    try (RawClient admin = RawClient.signedIn(GATEWAY.address())) {
      Answer answer = admin.ask(sql);
      assertThat(answer.error()).as(answer.message()).isEmpty();
    }
  }

  @BeforeEach
  void connect() throws IOException {
    GATEWAY.gate.reset();
    GATEWAY.gate.mask("email", new Mask.Redact());
    client = RawClient.signedIn(GATEWAY.address());
  }

  @AfterEach
  void hangUp() throws IOException {
    client.close();
  }

  private String everything(byte[] messages) throws IOException {
    client.write(messages);
    StringBuilder all = new StringBuilder();
    client.readyForQuery().forEach(message -> all.append(message.text()).append('\n'));
    return all.toString();
  }

  private static SqlBatch judged() {
    return (SqlBatch) GATEWAY.gate.judged.getLast();
  }

  /** Forwards and backwards, in either case. */
  private static void holdsNoSecret(String text) {
    assertThat(text.toLowerCase(Locale.ROOT))
        .doesNotContain(SECRET)
        .doesNotContain(new StringBuilder(SECRET).reverse());
  }

  /** Statements one after the other, each a message of its own. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "set search_path = hidden | select lower(x) from people",
        "begin | set local search_path = hidden | select lower(x) from people | rollback",
        "begin | set search_path = hidden | rollback | set search_path = state"
            + " | select lower(email) from people",
        "select set_config('search_path', 'hidden', false) | select lower(x) from people",
        "set search_path = state | prepare p as select lower(x) from people"
            + " | set search_path = hidden | execute p",
        "set search_path = hidden | prepare p as select lower(x) from people"
            + " | set search_path = state | execute p",
        "create temp view people as select email as x from state.people"
            + " | select lower(x) from people | drop view people",
        "create temp table people (x text) | drop table pg_temp.people | set search_path = hidden"
            + " | select lower(x) from people",
        "create temp table people (x text) | set search_path = hidden, pg_temp"
            + " | select lower(x) from people",
        "begin | declare c cursor for select lower(email) from state.people | fetch all from c"
            + " | move backward all from c | fetch next from c | rollback",
        "set search_path = hidden | begin | declare c cursor with hold for select x || ''"
            + " from people | commit | set search_path = state | fetch all from c",
        "set role gateway | select lower(email) from state.people | reset role",
        "alter role gateway set search_path = hidden | alter role gateway reset search_path"
            + " | select lower(x) from hidden.people",
        "select * from state.mails()",
        "select lower(m) || '' from state.mails() m",
        "select state.pathed()",
        "select x from state.through() x",
        "select state.kept(x) from state.people",
        "select state.typed()",
        "select loud from state.made",
        "select lower(loud) from state.made",
        "select query_to_xml('select email from state.people', true, true, '')",
        "select table_to_xml('state.people', true, true, '')",
        "create function pg_temp.f() returns text language sql as"
            + " 'select email from state.people' | select pg_temp.f()",
        "begin | create function state.new() returns text language sql as"
            + " 'select email from state.people' | select state.new() | rollback",
        "do $$ begin raise notice '%', (select email from state.people); end $$",
      })
  void noSecretGetsOut(String session) throws IOException {
    StringBuilder all = new StringBuilder();
    for (String text : session.split(" \\| ", -1)) {
      all.append(everything(query(text)));
    }
    holdsNoSecret(all.toString());
    assertThat(all).doesNotContain("SERROR");
  }

  /** Apart: with such an operator no text is beyond doubt. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "set search_path = state | select 'a'::text == 'b'",
        "create view pg_temp.v as select 'a'::text operator(state.==) x as y from state.people"
            + " | select lower(y) from pg_temp.v",
      })
  void norByAnOperator(String session) throws IOException {
    define("create operator state.== (function = state.keeps, leftarg = text, rightarg = text)");
    try {
      noSecretGetsOut(session);
    } finally {
      client.close();
      define("drop operator state.== (text, text) cascade");
    }
  }

  @Test
  void theStartUpMayNameAnotherPath() throws IOException {
    try (RawClient other = new RawClient(GATEWAY.address())) {
      other.write(
          startup(
              3 << 16, "user", "alice", "database", "shop", "options", "-c search_path=hidden"));
      other.read();
      other.write(message('p', FakeGate.TOKEN + "\0"));
      other.readyForQuery();
      other.write(query("select lower(x) from people"));
      StringBuilder all = new StringBuilder();
      other.readyForQuery().forEach(message -> all.append(message.text()));
      holdsNoSecret(all.toString());
    }
  }

  @Test
  void aStatementThatTheProtocolNamedFollowsThePath() throws IOException {
    client.ask("set search_path = state");
    everything(all(parse("s", "select lower(x) from people"), sync()));
    client.ask("set search_path = hidden");
    holdsNoSecret(everything(all(bind("", "s"), execute("", 0), sync())));
  }

  @Test
  void codeThatIsMadeWhileItRunsIsNamed() throws IOException {
    client.ask("select state.run('select 1')");
    assertThat(effects()).contains("dynamic_sql");
  }

  @Test
  void whatFunctionsTouchIsTouchedByTheirCaller() throws IOException {
    client.ask("select state.through()");
    assertThat(judged().statements().getFirst().tables())
        .contains(new TableAccess("state", "people", TableAccess.Access.READ));
    assertThat(judged().understanding()).isEqualTo(Understanding.COMPLETE);
  }

  @Test
  void whatAnotherSessionChangesIsKnownAtOnce() throws IOException {
    client.ask("create function state.told() returns text language sql as 'select upper($$x$$)'");
    client.ask("create view state.moved as select x from state.people");
    assertThat(client.ask("select state.told() || lower(x) from state.moved").rows())
        .containsExactly(List.of("Xplain"));
    define(
        """
        create or replace function state.told() returns text language sql
          as 'select max(email) from state.people';
        alter view state.moved rename to away;
        create view state.moved as select email as x from state.people\
        """);
    holdsNoSecret(everything(query("select state.told() from state.people")));
    holdsNoSecret(everything(query("select state.told() || lower(x) from state.moved")));
  }

  @Test
  void aTriggerDoesWhatItsFunctionDoes() throws IOException {
    client.ask("create trigger fires after insert on state.log execute function state.on_log()");
    assertThat(judged().statements().getFirst().tables())
        .contains(new TableAccess("state", "people", TableAccess.Access.READ));
  }

  @Test
  void aWriteInCodeIsAWrite() throws IOException {
    client.ask("select state.writes('x')");
    assertThat(judged().statements().getFirst().tables())
        .contains(new TableAccess("state", "log", TableAccess.Access.WRITE));
    assertThat(effects()).contains("runs:insert", "security_definer");
  }

  @Test
  void aNameThatCodeMayHaveGivenIsNoLongerKnown() throws IOException {
    client.ask("prepare p as select lower(x) from state.people");
    client.ask("select state.run('deallocate p')");
    client.ask("select state.run('prepare p as select lower(email) from state.people')");
    client.ask("execute p");
    assertThat(judged().understanding()).isEqualTo(Understanding.PARTIAL);
    assertThat(GATEWAY.gate.described.getLast()).noneMatch(column -> column.traced());
  }

  @Test
  void aStatementOfTheProtocolThatCodeMayHaveChangedIsNoLongerKnown() throws IOException {
    everything(all(parse("s", "select lower(x) from state.people"), sync()));
    client.ask("select state.run('deallocate s')");
    client.ask("select state.run('prepare s as select lower(email) from state.people')");
    everything(all(bind("", "s"), describe('P', ""), execute("", 0), sync()));
    assertThat(judged().understanding()).isEqualTo(Understanding.PARTIAL);
    assertThat(GATEWAY.gate.described.getLast()).noneMatch(column -> column.traced());
  }

  @Test
  void aCursorThatCodeMayHaveOpenedIsNoLongerKnown() throws IOException {
    client.ask("begin");
    client.ask("declare c cursor for select lower(x) from state.people");
    client.ask("close c");
    client.ask("select state.opens('c')");
    client.ask("fetch all from c");
    assertThat(judged().understanding()).isEqualTo(Understanding.PARTIAL);
    assertThat(GATEWAY.gate.described.getLast()).noneMatch(column -> column.traced());
    client.ask("rollback");
  }

  @Test
  void statisticsAreNamedAndNotTraced() throws IOException {
    client.ask("select most_common_vals::text || '' from pg_stats");
    assertThat(effects()).contains("column_statistics");
    assertThat(GATEWAY.gate.described.getLast()).noneMatch(column -> column.traced());
  }

  private static List<String> effects() {
    return judged().statements().stream()
        .map(SqlStatement::sideEffects)
        .flatMap(List::stream)
        .toList();
  }
}

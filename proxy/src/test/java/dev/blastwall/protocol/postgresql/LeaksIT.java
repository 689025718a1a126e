package dev.blastwall.protocol.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastwall.masking.Mask;
import dev.blastwall.protocol.postgresql.RawClient.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An attacker whom policy lets run everything, and shows no e-mail address: no byte that the client
 * gets may hold one, whatever the server is made to say beside rows.
 */
class LeaksIT {

  private static final String SECRET = "ada@example.org";

  private static final TestGateway GATEWAY = TestGateway.shared();
  private RawClient client;

  @BeforeAll
  static void makeAttackable() throws SQLException {
    admin(
        """
        create schema leaks;
        create domain leaks.short as text check (length(value) < 3);
        create table leaks.people (id int, email text, note text check (length(note) < 9));
        insert into leaks.people values (1, 'ada@example.org', 'a');
        create table leaks.parted (email text) partition by list (email);
        create table leaks.parts partition of leaks.parted for values in ('bob@example.org');
        create function leaks.hint() returns text language plpgsql immutable as
          $f$ begin return (select max(email) from leaks.people); end $f$;
        create function leaks.say(secret text) returns int language plpgsql as
          $f$ begin raise notice 'it is %', secret; return 1; end $f$;
        create function leaks.shout(secret text) returns int language plpgsql as
          $f$ begin raise exception using errcode = '23505', message = secret, column = secret,
            constraint = secret, datatype = secret, table = secret, schema = secret; end $f$;
        create function leaks.fire() returns trigger language plpgsql as
          $f$ begin raise notice 'row %', old.email; return new; end $f$;
        create trigger fires before update on leaks.people
          for each row execute function leaks.fire();
        """);
  }

  @AfterAll
  static void clean() throws SQLException {
    admin("drop schema leaks cascade");
  }

  private static void admin(String text) throws SQLException {
    try (Connection admin = GATEWAY.direct();
        Statement statement = admin.createStatement()) {
      statement.execute(text);
    }
  }

  @BeforeEach
  void connect() throws IOException {
    GATEWAY.gate.reset();
    GATEWAY.gate.mask("email", new Mask.Redact()).maskUntraced(new Mask.Redact());
    client = RawClient.signedIn(GATEWAY.address());
  }

  @AfterEach
  void hangUp() throws IOException {
    client.close();
  }

  private String heard(String text) throws IOException {
    client.send(text);
    StringBuilder heard = new StringBuilder();
    for (Message message : client.readyForQuery()) {
      heard.append(message.type()).append(new String(message.body(), StandardCharsets.UTF_8));
    }
    return heard.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Casts and functions that quote what they do not take.
        "select email::int from leaks.people",
        "select email::jsonb from leaks.people",
        "select (email || '{')::json from leaks.people",
        "select email::xml from leaks.people",
        "select xmlparse(document '<' || email) from leaks.people",
        "select email::regclass from leaks.people",
        "select email::regtype from leaks.people",
        "select email::regproc from leaks.people",
        "select email::regrole from leaks.people",
        "select email::regnamespace from leaks.people",
        "select email::regcollation from leaks.people",
        "select email::regconfig from leaks.people",
        "select email::tsquery from leaks.people",
        "select ('''' || email)::tsquery from leaks.people",
        "select email::jsonpath from leaks.people",
        "select email::leaks.short from leaks.people",
        "select email::numrange from leaks.people",
        "select email::int[] from leaks.people",
        "select email::uuid from leaks.people",
        "select email::timestamptz from leaks.people",
        "select email::inet from leaks.people",
        "select email::bytea, decode(email, 'hex') from leaks.people",
        "select encode('x', email) from leaks.people",
        "select convert_to('x', email) from leaks.people",
        "select current_setting(email) from leaks.people",
        "select set_config(email, 'x', false) from leaks.people",
        "select nextval(email) from leaks.people",
        "select has_table_privilege(email, 'select') from leaks.people",
        "select has_database_privilege(email, 'connect') from leaks.people",
        "select has_schema_privilege(email, 'usage') from leaks.people",
        "select has_function_privilege(email, 'execute') from leaks.people",
        "select cursor_to_xml(email::refcursor, 1, true, true, '') from leaks.people",
        "select query_to_xml('select \"' || email || '\"', true, true, '') from leaks.people",
        "select query_to_xml('select ' || quote_literal(email) || '::int', true, true, '')"
            + " from leaks.people",
        "select date_part(email, now()) from leaks.people",
        "select timezone(email, now()) from leaks.people",
        "select regexp_replace('x', '(' || email, '') from leaks.people",
        "select to_date(email, 'YYYY') from leaks.people",
        "select to_number(email, '999') from leaks.people",
        "select pg_read_file(email) from leaks.people",
        "select pg_size_bytes(email) from leaks.people",
        "select parse_ident('\"' || email) from leaks.people",
        "select format('%' || email, 1) from leaks.people",
        "select 1 / (case when email like 'a%' then 0 else 1 end), email::int from leaks.people",
        "select 1 from leaks.people order by email::int",
        "select 1 from leaks.people where email::int = 1",
        "select count(*) from leaks.people group by email::int",
        "select to_regclass(email), to_regtype(email) from leaks.people",
        "select lo_import(email) from leaks.people",
        "select pg_advisory_lock(email::int) from leaks.people",
        // Constraints that quote a key or a row.
        "insert into customers (id, email) select 77, email from customers where id = 1",
        "insert into leaks.people select id, email, 'far too long' from leaks.people",
        "update customers set id = 2 where id = 1",
        "insert into leaks.parted select email from leaks.people",
        "update leaks.people set note = 'far too long'",
        "insert into customers values (1, 'x') on conflict (id) do update set email = "
            + "(select email from customers where id = 2) where customers.id = 1",
        // Code that says what it likes.
        "select leaks.say(email) from leaks.people",
        "select leaks.shout(email) from leaks.people",
        "update leaks.people set note = 'b'",
        "do $$ begin raise notice '%', (select email from leaks.people); end $$",
        "do $$ begin raise exception '%', (select email from leaks.people); end $$",
        "do $$ begin raise exception using errcode = '42501',"
            + " message = (select email from leaks.people); end $$",
        "do $$ begin raise warning using errcode = '23505', message = 'x',"
            + " constraint = (select email from leaks.people); end $$",
        "do $$ begin execute 'select \"' || (select email from leaks.people) || '\"'; end $$",
        "do $$ declare x int; begin select email into x from leaks.people; end $$",
        "do $$ begin perform set_config('application_name', email, false) from leaks.people; end $$",
        // What DDL reads.
        "create table leaks.made as select email::int from leaks.people",
        "create index on leaks.people ((email::int))",
        "alter table leaks.people alter email type int using email::int",
        "alter table leaks.people add check (email::int > 0)",
        "create unique index on leaks.people ((left(email, 3))) where email::regclass is null",
        "create materialized view leaks.seen as select email::int from leaks.people",
        // Plans.
        "explain select 1 from leaks.people where email = leaks.hint()",
        "explain (format json) select 1 from leaks.people where note = leaks.hint()",
        "explain (analyze, verbose) select 1 from leaks.people where email::int = 1",
        "explain verbose select leaks.hint()",
        // Streams.
        "copy (select email::int from leaks.people) to stdout",
        "copy (select email::regclass from leaks.people) to stdout",
        "copy leaks.people to stdout",
        "copy leaks.people to stdout (format csv)",
        "copy leaks.people to stdout (format binary)",
        "copy (select * from leaks.people) to stdout",
        // Settings that the server reports.
        "select set_config('application_name', email, false) from leaks.people",
        "select set_config('search_path', quote_ident(email), false) from leaks.people",
        // Notifications.
        "listen leak; select pg_notify('leak', email) from leaks.people",
        "begin; declare c cursor for select email::int from leaks.people; fetch c; commit",
        "prepare p as select email::regclass from leaks.people; execute p",
      })
  void noAnswerHoldsTheValue(String probe) throws IOException {
    assertThat(heard(probe).toLowerCase(Locale.ROOT)).doesNotContain(SECRET, "example.org");
  }

  @Test
  void aSettingThatTookTheValueIsReportedWithoutIt() throws IOException {
    heard("begin");
    heard("select set_config('application_name', email, false) from leaks.people");
    assertThat(heard("commit") + heard("select 1")).doesNotContain(SECRET);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select nothing from leaks.people where email is null",
        "select email from leaks.nowhere",
        "selct email from leaks.people",
        "select id = 'x' from leaks.people where email is null",
        "create table leaks.people (id int)",
        "insert into leaks.people (id, note) values (1, 'far too long')",
        "set work_mem = 'x'",
      })
  void whatTheClientGotWrongIsStillSaid(String text) throws IOException {
    GATEWAY.gate.maskUntraced(new Mask.Redact());
    List<Message> messages = ask(text);
    assertThat(RawClient.answer(messages).message()).doesNotContain("withheld");
    assertThat(RawClient.answer(messages).error()).isNotEmpty();
  }

  private List<Message> ask(String text) throws IOException {
    client.send(text);
    return client.readyForQuery();
  }
}

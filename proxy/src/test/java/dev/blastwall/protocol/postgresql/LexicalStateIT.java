package dev.blastwall.protocol.postgresql;

import static dev.blastwall.protocol.postgresql.RawClient.all;
import static dev.blastwall.protocol.postgresql.RawClient.bind;
import static dev.blastwall.protocol.postgresql.RawClient.execute;
import static dev.blastwall.protocol.postgresql.RawClient.message;
import static dev.blastwall.protocol.postgresql.RawClient.parse;
import static dev.blastwall.protocol.postgresql.RawClient.query;
import static dev.blastwall.protocol.postgresql.RawClient.sync;
import static org.assertj.core.api.Assertions.assertThat;

import dev.blastwall.command.SqlBatch;
import dev.blastwall.command.SqlStatement;
import dev.blastwall.command.Understanding;
import dev.blastwall.protocol.ContractClient.Answer;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Code in the database may change how the server reads text; text that depends on it waits. */
class LexicalStateIT {

  /** Read with standard_conforming_strings off, its second literal is a command. */
  private static final String FRAGILE = "select '\\', '; drop table if exists nowhere; --'";

  private static final TestGateway GATEWAY = TestGateway.shared();

  private RawClient client;

  @BeforeAll
  static void createCode() throws IOException {
    define(
        """
        create schema code;
        create function code.turn() returns text language sql as
          $$ select pg_catalog.set_config('standard_conforming_strings', 'off', false) $$;
        create function code.turned(text) returns boolean immutable language plpgsql as
          $$ begin perform code.turn(); return true; end $$;
        create function code.on_change() returns trigger language plpgsql as
          $$ begin perform code.turn(); return new; end $$;
        create table code.fired (id int);
        create trigger fires before insert on code.fired
          for each row execute function code.on_change();
        create table code.later (id int);
        create constraint trigger fires after insert on code.later
          deferrable initially deferred for each row execute function code.on_change();
        create table code.filled (id int, word text default code.turn());
        create table code.checked (word text check (code.turned(word)));
        create table code.guarded (id int);
        create table code.plain (id int, word text);
        create view code.settings as select * from pg_settings;
        create view code.turning as select code.turn() as word;
        create table code.parts (id int) partition by list (id);
        create table code.part_1 partition of code.parts for values in (1);
        create trigger fires before insert on code.part_1
          for each row execute function code.on_change()\
        """);
  }

  @AfterAll
  static void dropCode() throws IOException {
    define("drop schema code cascade");
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
    try (RawClient before = RawClient.signedIn(GATEWAY.address())) {
      // Known text is read at once, so that only the gateway's caution makes it wait.
      before.ask(FRAGILE);
    }
    GATEWAY.gate.reset();
    client = RawClient.signedIn(GATEWAY.address());
  }

  @AfterEach
  void hangUp() throws IOException {
    client.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "insert into code.fired values (1)",
        "insert into code.later values (1)",
        "insert into code.filled (id) values (1)",
        "insert into code.checked values ('x')",
        "insert into code.parts values (1)",
        "select * from code.turning",
        "update code.settings set setting = 'off' where name = 'standard_conforming_strings'",
      })
  void fragileTextIsNotReadBeforeCodeHasRun(String code) throws IOException {
    client.write(all(query(code), query(FRAGILE)));

    assertReadAsTheServerDoes();
  }

  @Test
  void norBeforeWhatWasDeferredToTheCommit() throws IOException {
    client.ask("begin");
    client.ask("insert into code.later values (1)");

    client.write(all(query("commit"), query(FRAGILE)));

    assertReadAsTheServerDoes();
  }

  @Test
  void norBeforeAnOperatorThatSomebodyMade() throws IOException {
    define("create operator code.== (function = code.turned, rightarg = text)");
    try {
      client.ask("set search_path = code");
      client.write(all(query("select == 'x'"), query(FRAGILE)));

      assertReadAsTheServerDoes();
    } finally {
      define("drop operator code.== (none, text)");
    }
  }

  private void assertReadAsTheServerDoes() throws IOException {
    client.readyForQuery();
    assertThat(client.types()).isEqualTo("NTDCNCZI");
    assertThat(((SqlBatch) GATEWAY.gate.judged.getLast()).statements())
        .extracting(SqlStatement::type)
        .containsExactly("select", "drop");
    assertThat(GATEWAY.gate.texts()).doesNotContain(FRAGILE);
  }

  @Test
  void whereBackslashesEscapeTextIsReadSo() throws IOException {
    String text =
        "select 'a\\'b', E'c\\'d', $$e\\f$$, date'2020-01-01', 'x'\n'y\\'z', n'\\'q', \"b\\\""
            + " from (select 'v' as \"b\\\") s";
    client.ask("set standard_conforming_strings = off");
    assertThat(client.ask(text).rows())
        .containsExactly(List.of("a'b", "c'd", "e\\f", "2020-01-01", "xy'z", "'q", "v"));
    assertThat(((SqlBatch) GATEWAY.gate.judged.getLast()).understanding())
        .isEqualTo(Understanding.COMPLETE);
    client.ask("reset standard_conforming_strings");
    assertThat(client.ask("select 'a\\'").rows()).containsExactly(List.of("a\\"));
  }

  @Test
  void aPreparedStatementsNameIsNotGivenToTheSameTextWithAnotherMeaning() throws IOException {
    String text = "select '\\\\' as word";
    client.write(all(parse("named", text), sync()));
    assertThat(client.types()).isEqualTo("1ZI");
    client.ask("set standard_conforming_strings = off");
    client.write(all(parse("named", text), sync()));
    assertThat(client.types()).isEqualTo("EZI");
  }

  @Test
  void textIsReadBehindACopyThatMayHaveRunCode() throws IOException {
    define("create table code.copied (id int)");
    define(
        "create trigger fires before insert on code.copied for each row execute function"
            + " suppress_redundant_updates_trigger()");
    client.write(query("copy code.copied from stdin"));
    assertThat(client.read().type()).isEqualTo('G');
    client.write(message('c'));
    assertThat(client.types()).isEqualTo("CZI");
    assertThat(client.ask("select 'ä\\b'").rows()).containsExactly(List.of("ä\\b"));
  }

  @Test
  void aPipelineOverPlainTablesGoesOn() throws IOException {
    client.ask("insert into code.plain values (0, lower('X'))");

    client.write(
        all(
            parse("", "insert into code.plain values (1, lower('X'))"),
            bind("", ""),
            execute("", 0),
            parse("", "insert into code.plain values (2, 'ä\\b')"),
            bind("", ""),
            execute("", 0),
            sync()));

    assertThat(client.types()).isEqualTo("12C12CZI");
  }

  @Test
  void aSegmentWithCodeInItIsRefusedFragileText() throws IOException {
    client.write(
        all(
            parse("", "insert into code.fired values (1)"),
            bind("", ""),
            execute("", 0),
            parse("", FRAGILE),
            sync()));

    assertThat(client.types()).startsWith("12CE");
    assertThat(GATEWAY.gate.texts()).doesNotContain(FRAGILE);
  }
}

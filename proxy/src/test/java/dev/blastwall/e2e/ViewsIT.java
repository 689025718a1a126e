package dev.blastwall.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.blastwall.demo.Demo;
import dev.blastwall.demo.DemoUser;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The starter policy labels tables, and what is below a view is one of them. */
class ViewsIT {

  private static RunningDemo demo;
  private static String email;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws Exception {
    demo = new RunningDemo();
    try (Connection direct = demo.direct();
        Statement statement = direct.createStatement()) {
      statement.execute(
          """
          create view v_contacts as select id, email as mail from customers;
          create view v_again as select id, mail as again from v_contacts;
          create materialized view v_kept as select id, mail from v_contacts;
          create function f(customers) returns text language sql as 'select $1.email';
          create function contacts_of(int) returns setof text
            language sql as 'select email from customers where id = $1';
          create table customers_of_old () inherits (customers);
          insert into customers_of_old select * from customers where id = 1\
          """);
      try (var rows = statement.executeQuery("select email from only customers where id = 1")) {
        rows.next();
        email = rows.getString(1).toLowerCase(Locale.ROOT);
      }
    }
  }

  @AfterAll
  static void stop() {
    demo.close();
  }

  private Program psql(String input) throws Exception {
    return Program.run(
        folder,
        Map.of("PGPASSWORD", demo.token(DemoUser.ALICE)),
        input,
        List.of(
            "psql",
            "-X",
            "host=127.0.0.1 port=%d dbname=%s user=alice sslmode=require"
                .formatted(demo.port(), Demo.CONNECTION)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select upper(mail) from v_contacts where id = 1",
        "select mail from v_contacts where id = 1",
        "select (v).mail || '' from v_contacts v where id = 1",
        "select upper(again) from v_again where id = 1",
        "select lower(mail) from v_kept where id = 1",
        "select c.f from customers c where id = 1",
        "select c.f || '' from customers c where id = 1",
        "select * from contacts_of(1) limit 10",
        "select lower(contacts_of) from contacts_of(1) limit 10",
        "select lower(email) from customers_of_old where id = 1",
        "prepare p as select upper(mail) from v_contacts where id = 1;\nexecute p",
      })
  void aViewShowsNoMoreThanItsTable(String text) throws Exception {
    assertThat(psql(text + ";").output()).contains("[redacted]").doesNotContainIgnoringCase(email);
  }

  @Test
  void thePlainColumnOfAPartKeepsItsMask() throws Exception {
    assertThat(psql("select email from customers_of_old where id = 1;").output())
        .contains("***")
        .doesNotContain(email);
  }

  @Test
  void whatAViewDoesNotTakeFromALabelledColumnIsShown() throws Exception {
    assertThat(psql("select 'number ' || id from v_contacts where id = 1;").output())
        .contains("number 1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select mail::int from v_contacts where id = 1",
        "select id from v_contacts where id = 1 and mail::int = 1",
        "select f(c)::int from customers c where id = 1",
        "select 1 where (select contacts_of(1))::int = 1 limit 10",
      })
  void anErrorDoesNotShowIt(String text) throws Exception {
    assertThat(psql(text + ";").output()).contains("ERROR").doesNotContainIgnoringCase(email);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "copy (select mail from v_contacts) to stdout",
        "copy v_kept to stdout",
        "copy (select upper(again) from v_again) to stdout",
        "create temp table t as select * from contacts_of(1)",
        "select * into temp t from contacts_of(1)",
      })
  void whatCannotBeMaskedIsRefused(String text) throws Exception {
    assertThat(psql(text + ";").output())
        .contains("ERROR", "decision")
        .doesNotContainIgnoringCase(email);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create temp table t as select mail from v_contacts where id = 1",
        "select again into temp t from v_again where id = 1",
        "select upper(mail) from v_contacts",
        "delete from v_contacts where id = 1",
        "select * from contacts_of(1)",
      })
  void whatIsHeldForTheTableIsHeldForItsView(String text) throws Exception {
    CompletableFuture<String> output =
        CompletableFuture.supplyAsync(() -> failure(text), Threads.VIRTUAL);
    JsonNode held = demo.awaitHeld();
    demo.answer(held, "deny");
    assertThat(output.join()).contains("deni").doesNotContain(email);
  }

  private static String failure(String text) {
    try (Connection alice = demo.connect(DemoUser.ALICE);
        Statement statement = alice.createStatement()) {
      statement.execute(text);
      return "it ran";
    } catch (SQLException e) {
      return String.valueOf(e.getMessage());
    }
  }
}

package dev.blastwall.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.blastwall.demo.Demo;
import dev.blastwall.demo.DemoUser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person does with psql. */
class PsqlIT {

  private static RunningDemo demo;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws Exception {
    demo = new RunningDemo();
  }

  @AfterAll
  static void stop() {
    demo.close();
  }

  @Test
  void anAllowedQueryGoesOn() throws Exception {
    assertThat(psql("select count(*) > 0 as some from orders;").output()).contains("some", "t\n");
  }

  @Test
  void aMaskedColumnStaysMaskedUnderAnAliasAndInAnExpression() throws Exception {
    Program program =
        psql(
            """
            select email as x from customers where id = 1;
            select upper(email) from customers where id = 1;
            select row_to_json(c) from customers c where id = 1;
            select c from customers c where id = 1;
            select string_agg(national_id, ',') from customers where id < 3;
            select reverse(card_number) from customers where id = 1;
            """);

    String email = stored("email");
    assertThat(program.output())
        .doesNotContainIgnoringCase(email)
        .doesNotContain(stored("national_id"))
        .doesNotContain(stored("card_number"))
        .doesNotContain(new StringBuilder(stored("card_number")).reverse())
        .contains("***", "[redacted]");
  }

  @Test
  void aRefusalSaysWhyAndWhatToDo() throws Exception {
    Program program = psql("\\set VERBOSITY verbose\ndelete from payments;");

    assertThat(program.output()).contains("42501", "DETAIL:", "HINT:", "WHERE");
  }

  @Test
  void aRefusedStatementAbortsItsTransactionAsAnyErrorDoes() throws Exception {
    Program program =
        psql(
            """
            begin;
            create temp table mine (id int);
            drop table orders;
            select 1;
            commit;
            select 'still ' || 'here';
            """);

    assertThat(program.output())
        .contains("current transaction is aborted", "ROLLBACK", "still here");
  }

  @Test
  void describesTables() throws Exception {
    assertThat(psql("\\d customers").output()).contains("card_number", "customers_pkey");
    assertThat(psql("\\dt").output()).contains("orders").doesNotContain("ERROR");
    assertThat(psql("\\du").output()).contains("Role name").doesNotContain("[redacted]");
    assertThat(psql("\\df\n\\du\n\\dn\n\\di\n\\d+ orders").output()).doesNotContain("ERROR");
  }

  @Test
  void copiesInAndOut() throws Exception {
    Path file = folder.resolve("orders.csv");

    Program program =
        psql(
            """
            \\copy (select id, status from orders order by id limit 5) to 'orders.csv' csv
            create temp table incoming (id int, status text);
            \\copy incoming from 'orders.csv' csv
            select count(*) || ' copied' from incoming;
            """);

    assertThat(program.output()).contains("COPY 5", "5 copied");
    assertThat(Files.readAllLines(file)).hasSize(5);
  }

  @Test
  void preparesAndWalksCursors() throws Exception {
    Program program =
        psql(
            """
            prepare one(int) as select status from orders where id = $1;
            execute one(1);
            begin;
            declare c cursor for select id from orders order by id;
            fetch 2 from c;
            fetch 2 from c;
            close c;
            commit;
            deallocate one;
            """);

    assertThat(program.output()).doesNotContain("ERROR").contains("(2 rows)", "COMMIT");
  }

  @Test
  void aHeldStatementWaitsForAnApprover() throws Exception {
    CompletableFuture<Program> program =
        CompletableFuture.supplyAsync(
            () -> psqlUnchecked("delete from customers where id = 1000000;"), Threads.VIRTUAL);

    JsonNode held = demo.awaitHeld();
    demo.answer(held, "approve");

    assertThat(program.join().output()).contains("NOTICE:", held.path("id").asText(), "DELETE 0");
  }

  @Test
  void aDeniedStatementIsRefused() throws Exception {
    CompletableFuture<Program> program =
        CompletableFuture.supplyAsync(
            () -> psqlUnchecked("select * from customers;"), Threads.VIRTUAL);

    demo.answer(demo.awaitHeld(), "deny");

    assertThat(program.join().output()).contains("ERROR:", "dora");
  }

  @Test
  void aMaskedValueIsNotWrittenBack() throws Exception {
    assertThat(psql("update customers set email = 'a***@example.com' where id = 1;").output())
        .contains("ERROR");
  }

  @Test
  void aConstraintDoesNotShowTheRowItFailedFor() throws Exception {
    Program program = psql("update customers set name = null where id = 1;");

    assertThat(program.output())
        .contains("violates not-null constraint")
        .doesNotContain(stored("email"))
        .doesNotContain("Failing row");
  }

  @Test
  void anUnknownConnectionIsToldPlainly() throws Exception {
    Program program =
        Program.run(
            folder,
            Map.of("PGPASSWORD", demo.token(DemoUser.ALICE)),
            "",
            List.of("psql", "-X", url("nowhere")));

    assertThat(program.exitCode()).isEqualTo(2);
    assertThat(program.output()).contains("FATAL", "nowhere");
  }

  private static String stored(String column) throws Exception {
    try (var direct = demo.direct();
        var statement = direct.createStatement();
        var rows = statement.executeQuery("select " + column + " from customers where id = 1")) {
      rows.next();
      return rows.getString(1);
    }
  }

  private Program psqlUnchecked(String input) {
    try {
      return psql(input);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private Program psql(String input) throws Exception {
    return Program.run(
        folder,
        Map.of("PGPASSWORD", demo.token(DemoUser.ALICE)),
        input,
        List.of("psql", "-X", url(Demo.CONNECTION)));
  }

  private static String url(String database) {
    return "host=127.0.0.1 port=%d dbname=%s user=alice sslmode=require"
        .formatted(demo.port(), database);
  }
}

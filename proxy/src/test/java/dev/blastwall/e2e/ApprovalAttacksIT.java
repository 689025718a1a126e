package dev.blastwall.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.blastwall.demo.DemoUser;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tries to make more of an approval than was approved. What ran is counted in the database. */
class ApprovalAttacksIT {

  private static final String DELETE = "delete from customers where id = 1000000 and name <> '%s'";

  private static RunningDemo demo;

  @BeforeAll
  static void start() throws Exception {
    demo = new RunningDemo();
    direct(
        """
        create sequence runs;
        create function count_run() returns trigger language plpgsql as
          'begin perform nextval(''runs''); return null; end';
        create trigger runs before delete on customers
          for each statement execute function count_run()\
        """);
  }

  @AfterAll
  static void stop() {
    demo.close();
  }

  @BeforeEach
  void countFromZero() throws SQLException {
    direct("alter sequence runs restart");
  }

  @Test
  void ofManyAnswersAtOnceOneReleasesTheCommandOnce() throws Exception {
    try (Connection alice = demo.connect(DemoUser.ALICE)) {
      CompletableFuture<String> command = delete(alice, "at once");
      JsonNode held = demo.awaitHeld();

      List<CompletableFuture<Integer>> answers =
          Stream.of("approve", "approve", "approve", "approve")
              .map(word -> answer(held, word, DemoUser.DORA))
              .toList();

      assertThat(answers.stream().map(CompletableFuture::join).toList())
          .containsOnlyOnce(200)
          .containsOnly(200, 404);
      assertThat(command.join()).isEmpty();
      assertThat(runs()).isEqualTo(1);
    }
  }

  @Test
  void ofApprovalAndDenialAtOnceTheFirstCounts() throws Exception {
    try (Connection alice = demo.connect(DemoUser.ALICE)) {
      CompletableFuture<String> command = delete(alice, "yes and no");
      JsonNode held = demo.awaitHeld();

      CompletableFuture<Integer> no = answer(held, "deny", DemoUser.DORA);
      CompletableFuture<Integer> yes = answer(held, "approve", DemoUser.DORA);

      assertThat(List.of(yes.join(), no.join())).containsExactlyInAnyOrder(200, 404);
      assertThat(command.join()).isEqualTo(yes.join() == 200 ? "" : "42501");
      assertThat(runs()).isEqualTo(yes.join() == 200 ? 1 : 0);
    }
  }

  @Test
  void anApprovalAfterACancelReleasesNothing() throws Exception {
    try (Connection alice = demo.connect(DemoUser.ALICE);
        Statement statement = alice.createStatement()) {
      CompletableFuture<String> command = delete(statement, "cancelled");
      JsonNode held = demo.awaitHeld();
      statement.cancel();
      assertThat(command.join()).isEqualTo("57014");

      assertThat(answer(held, "approve", DemoUser.DORA).join()).isEqualTo(404);
      assertThat(statement.execute("select 1")).isTrue();
      assertThat(runs()).isZero();
    }
  }

  @Test
  void anApprovalAfterAHangUpReleasesNothing() throws Exception {
    try (Connection alice = demo.connect(DemoUser.ALICE)) {
      CompletableFuture<String> command = delete(alice, "hung up");
      JsonNode held = demo.awaitHeld();
      alice.abort(Threads.VIRTUAL);
      command.join();
      demo.awaitNothingHeld();

      assertThat(answer(held, "approve", DemoUser.DORA).join()).isEqualTo(404);
      assertThat(runs()).isZero();
    }
  }

  @Test
  void nobodyButTheApproversAnswers() throws Exception {
    try (Connection alice = demo.connect(DemoUser.ALICE)) {
      CompletableFuture<String> command = delete(alice, "by herself");
      JsonNode held = demo.awaitHeld();

      for (DemoUser user : List.of(DemoUser.ALICE, DemoUser.AGENT, DemoUser.PIPELINE)) {
        assertThat(answer(held, "approve", user).join()).isEqualTo(403);
      }
      assertThat(command).isNotDone();

      demo.answer(held, "deny");
      assertThat(command.join()).isEqualTo("42501");
      assertThat(runs()).isZero();
    }
  }

  @Test
  void anApprovalIsForTheCommandThatWasShown() throws Exception {
    try (Connection alice = demo.connect(DemoUser.ALICE)) {
      CompletableFuture<String> first = delete(alice, "harmless");
      JsonNode harmless = demo.awaitHeld();
      demo.answer(harmless, "deny");
      first.join();
      CompletableFuture<String> second = delete(alice, "harmful");
      JsonNode harmful = demo.awaitHeld();

      int status =
          demo.api(
                  "POST",
                  "/" + harmful.path("id").asText() + "/approve",
                  "{\"digest\": \"" + harmless.path("digest").asText() + "\"}",
                  DemoUser.DORA)
              .statusCode();

      assertThat(status).isEqualTo(409);
      assertThat(second).isNotDone();
      demo.answer(harmful, "deny");
      second.join();
      assertThat(runs()).isZero();
    }
  }

  @Test
  void anApprovedCommandIsHeldAgainWhenItIsSentAgain() throws Exception {
    try (Connection alice = demo.connect(DemoUser.ALICE)) {
      CompletableFuture<String> first = delete(alice, "twice");
      demo.answer(demo.awaitHeld(), "approve");
      first.join();

      CompletableFuture<String> second = delete(alice, "twice");
      demo.answer(demo.awaitHeld(), "deny");

      assertThat(second.join()).isEqualTo("42501");
      assertThat(runs()).isEqualTo(1);
    }
  }

  /** The SQLSTATE that a held command ends with, empty when it ran. */
  private static CompletableFuture<String> delete(Connection alice, String mark)
      throws SQLException {
    return delete(alice.createStatement(), mark);
  }

  private static CompletableFuture<String> delete(Statement statement, String mark) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            statement.execute(DELETE.formatted(mark));
            return "";
          } catch (SQLException e) {
            return e.getSQLState();
          }
        },
        Threads.VIRTUAL);
  }

  private static CompletableFuture<Integer> answer(JsonNode held, String word, DemoUser user) {
    String body = "{\"digest\": \"" + held.path("digest").asText() + "\"}";
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return demo.api("POST", "/" + held.path("id").asText() + "/" + word, body, user)
                .statusCode();
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        },
        Threads.VIRTUAL);
  }

  /** How often a held command ran. */
  private static int runs() throws SQLException {
    try (Connection direct = demo.direct();
        Statement statement = direct.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select case when is_called then last_value else 0 end from runs")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private static void direct(String sql) throws SQLException {
    try (Connection direct = demo.direct();
        Statement statement = direct.createStatement()) {
      statement.execute(sql);
    }
  }
}

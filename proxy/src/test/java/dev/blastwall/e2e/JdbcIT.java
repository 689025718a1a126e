package dev.blastwall.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blastwall.demo.DemoUser;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What a program does with PostgreSQL's JDBC driver: the extended protocol, binary and pipelined.
 */
class JdbcIT {

  private static RunningDemo demo;

  @BeforeAll
  static void start() throws Exception {
    demo = new RunningDemo();
  }

  @AfterAll
  static void stop() {
    demo.close();
  }

  @Test
  void preparedStatementsWorkBeforeAndAfterTheServerPreparesThem() throws SQLException {
    Properties binaryAtOnce = new Properties();
    binaryAtOnce.setProperty("prepareThreshold", "2");
    try (Connection alice = demo.connect(DemoUser.ALICE, binaryAtOnce);
        PreparedStatement query =
            alice.prepareStatement("select id, amount, ordered_at from orders where id = ?")) {
      for (int i = 1; i <= 6; i++) {
        query.setInt(1, i);
        try (ResultSet rows = query.executeQuery()) {
          assertThat(rows.next()).isTrue();
          assertThat(rows.getInt(1)).isEqualTo(i);
          assertThat(rows.getBigDecimal(2)).isPositive();
        }
      }
    }
  }

  @Test
  void masksAreTheSameForPreparedStatements() throws SQLException {
    Properties binaryAtOnce = new Properties();
    binaryAtOnce.setProperty("prepareThreshold", "1");
    try (Connection alice = demo.connect(DemoUser.ALICE, binaryAtOnce);
        PreparedStatement query =
            alice.prepareStatement("select email, card_number from customers where id = ?")) {
      for (int i = 1; i <= 3; i++) {
        query.setInt(1, i);
        try (ResultSet rows = query.executeQuery()) {
          assertThat(rows.next()).isTrue();
          assertThat(rows.getString(1)).contains("***");
          assertThat(rows.getString(2)).startsWith("****");
        }
      }
    }
  }

  @Test
  void cursorsFetchInParts() throws SQLException {
    try (Connection alice = demo.connect(DemoUser.ALICE)) {
      alice.setAutoCommit(false);
      try (Statement statement = alice.createStatement()) {
        statement.setFetchSize(3);
        int count = 0;
        try (ResultSet rows = statement.executeQuery("select id from orders")) {
          while (rows.next()) {
            count++;
          }
        }
        assertThat(count).isGreaterThan(6);
      }
      alice.commit();
    }
  }

  @Test
  void batchesArePipelined() throws SQLException {
    try (Connection alice = demo.connect(DemoUser.ALICE);
        Statement statement = alice.createStatement()) {
      statement.execute("create temp table batch (id int, text text)");
      try (PreparedStatement insert = alice.prepareStatement("insert into batch values (?, ?)")) {
        for (int i = 0; i < 300; i++) {
          insert.setInt(1, i);
          insert.setString(2, "row " + i);
          insert.addBatch();
        }
        assertThat(insert.executeBatch()).hasSize(300);
      }
      try (ResultSet rows = statement.executeQuery("select count(*) from batch")) {
        rows.next();
        assertThat(rows.getInt(1)).isEqualTo(300);
      }
    }
  }

  @Test
  void aRefusalInsideATransactionAbortsItAndTheConnectionGoesOn() throws SQLException {
    try (Connection alice = demo.connect(DemoUser.ALICE);
        Statement statement = alice.createStatement()) {
      alice.setAutoCommit(false);
      statement.execute("create temp table kept (id int)");
      assertThatThrownBy(() -> statement.execute("truncate orders"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
      assertThatThrownBy(() -> statement.execute("select 1"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("25P02"));
      alice.rollback();

      assertThat(statement.execute("select 1")).isTrue();
      alice.commit();
    }
  }

  @Test
  void aRefusalInsideAPipelineKeepsWhatCameBeforeFromBeingCommitted() throws SQLException {
    try (Connection direct = demo.direct();
        Statement setup = direct.createStatement()) {
      setup.execute("create table if not exists pipeline_probe (id int)");
      setup.execute("truncate pipeline_probe");
      try (Connection alice = demo.connect(DemoUser.ALICE);
          Statement batch = alice.createStatement()) {
        batch.addBatch("insert into pipeline_probe values (1)");
        batch.addBatch("delete from pipeline_probe");
        assertThatThrownBy(batch::executeBatch).isInstanceOf(SQLException.class);
        assertThat(batch.execute("select 1")).isTrue();
      }
      try (ResultSet rows = setup.executeQuery("select count(*) from pipeline_probe")) {
        rows.next();
        assertThat(rows.getInt(1)).isZero();
      }
    }
  }

  @Test
  void aHeldStatementCanBeCancelled() throws Exception {
    try (Connection alice = demo.connect(DemoUser.ALICE);
        Statement statement = alice.createStatement()) {
      CompletableFuture<SQLException> failure =
          CompletableFuture.supplyAsync(() -> failureOf(statement), Threads.VIRTUAL);
      demo.awaitHeld();

      statement.cancel();

      assertThat(failure.join().getSQLState()).isEqualTo("57014");
      assertThat(demo.held()).isEmpty();
      assertThat(statement.execute("select 1")).isTrue();
    }
  }

  @Test
  void aRunningStatementCanBeCancelled() throws Exception {
    try (Connection alice = demo.connect(DemoUser.ALICE);
        Statement statement = alice.createStatement()) {
      statement.setQueryTimeout(1);
      assertThatThrownBy(() -> statement.execute("select pg_sleep(30)"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
    }
  }

  @Test
  void anAgentsWriteIsHeldInTheNameOfItsChain() throws Exception {
    try (Connection agent = demo.connect(DemoUser.AGENT);
        Statement statement = agent.createStatement()) {
      CompletableFuture<Integer> changed =
          CompletableFuture.supplyAsync(
              () -> update(statement, "update orders set status = status where id = 1"),
              Threads.VIRTUAL);
      var held = demo.awaitHeld();
      assertThat(held.path("actors").toString()).contains("agent");
      assertThat(held.path("subject").asText()).isEqualTo("alice");

      demo.answer(held, "approve");

      assertThat(changed.join()).isEqualTo(1);
    }
  }

  private static SQLException failureOf(Statement statement) {
    try {
      statement.execute("select * from customers");
      throw new AssertionError("it was not held");
    } catch (SQLException e) {
      return e;
    }
  }

  private static int update(Statement statement, String sql) {
    try {
      return statement.executeUpdate(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}

package dev.blastwall.protocol.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blastwall.masking.Mask;
import dev.blastwall.protocol.FakeGate;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.postgresql.largeobject.LargeObject;
import org.postgresql.largeobject.LargeObjectManager;

/** The JDBC driver: verified TLS, binary values, statements it prepares, cursors, batches. */
class PgjdbcIT {

  private final TestGateway gateway = TestGateway.shared();

  @BeforeEach
  void forget() {
    gateway.gate.reset();
  }

  private Connection connect(String... more) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", "alice");
    properties.setProperty("password", FakeGate.TOKEN);
    properties.setProperty("sslmode", "verify-full");
    properties.setProperty("sslrootcert", gateway.certificate.toString());
    for (int i = 0; i < more.length; i += 2) {
      properties.setProperty(more[i], more[i + 1]);
    }
    return DriverManager.getConnection(
        "jdbc:postgresql://localhost:" + gateway.address().getPort() + "/shop", properties);
  }

  @ParameterizedTest
  @ValueSource(strings = {"simple", "extended", "extendedForPrepared", "extendedCacheEverything"})
  void everyQueryModeIsMasked(String mode) throws SQLException {
    gateway.gate.mask("email", new Mask.Redact());
    try (Connection connection = connect("preferQueryMode", mode, "prepareThreshold", "1");
        PreparedStatement query =
            connection.prepareStatement("select id, email, born from customers where id = ?")) {
      for (int i = 0; i < 7; i++) {
        query.setInt(1, 1);
        try (ResultSet rows = query.executeQuery()) {
          assertThat(rows.next()).isTrue();
          assertThat(rows.getInt(1)).isEqualTo(1);
          assertThat(rows.getString(2)).isEqualTo("[redacted]");
          assertThat(rows.getDate(3)).hasToString("1815-12-10");
        }
      }
    }
  }

  @Test
  void largeObjectsAreWrittenAndReadByFunctionCalls() throws SQLException {
    byte[] content = "a large object".getBytes(StandardCharsets.UTF_8);
    try (Connection connection = connect()) {
      connection.setAutoCommit(false);
      LargeObjectManager objects = connection.unwrap(PGConnection.class).getLargeObjectAPI();
      long number = objects.createLO();
      try (LargeObject object = objects.open(number)) {
        object.write(content);
        object.seek(0);
        assertThat(object.read(content.length)).isEqualTo(content);
      }
      objects.delete(number);
      connection.commit();
    }
    assertThat(gateway.gate.texts()).contains("SELECT pg_catalog.lowrite($1, $2)");
  }

  @Test
  void aCursorIsReadInParts() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.setFetchSize(100);
      int count = 0;
      try (ResultSet rows = statement.executeQuery("select n from numbers")) {
        while (rows.next()) {
          count++;
        }
      }
      assertThat(count).isEqualTo(10_000);
    }
  }

  @Test
  void aBatchGoesThroughInOnePipeline() throws SQLException {
    try (Connection connection = connect()) {
      connection.setAutoCommit(false);
      try (PreparedStatement insert =
          connection.prepareStatement("insert into customers (id, name) values (?, ?)")) {
        for (int i = 1000; i < 1500; i++) {
          insert.setInt(1, i);
          insert.setString(2, "n" + i);
          insert.addBatch();
        }
        assertThat(insert.executeBatch()).hasSize(500);
      }
      connection.rollback();
    }
  }

  @Test
  void aRefusedStatementLeavesATransactionThatCanBeRolledBackToASavepoint() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      var savepoint = connection.setSavepoint();
      assertThatThrownBy(() -> statement.execute("select 'forbidden'"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("policy says no")
          .extracting("SQLState")
          .isEqualTo("42501");
      connection.rollback(savepoint);
      assertThat(statement.execute("select 1")).isTrue();
    }
  }

  @Test
  void copyGoesBothWays() throws Exception {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("create temporary table copied (n int)");
      var copy = connection.unwrap(PGConnection.class).getCopyAPI();
      assertThat(copy.copyIn("copy copied from stdin", new StringReader("1\n2\n"))).isEqualTo(2);
      StringWriter out = new StringWriter();
      copy.copyOut("copy copied to stdout", out);
      assertThat(out).hasToString("1\n2\n");
    }
  }
}

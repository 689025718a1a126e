package dev.blastwall.e2e;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Does through PostgreSQL's JDBC driver what a program does. */
final class PgjdbcClient {

  /** So often that the driver, which prepares at the fifth time, has prepared it. */
  private static final int TIMES = 7;

  private static final int MANY = 300;

  private final Map<String, String> environment;

  /** Where to go and who asks, as libpq has it. */
  PgjdbcClient(Map<String, String> environment) {
    this.environment = environment;
  }

  /** What a check is. */
  private interface Check {
    String on(Connection connection) throws Exception;
  }

  /** A line: the name, a tab, what came out. */
  String run(ClientCheck check) {
    try (Connection connection = connect()) {
      return check.word() + "\t" + body(check).on(connection).replace("\n", "\\n");
    } catch (Exception e) {
      return check.word() + "\tfailed: " + e;
    }
  }

  private Check body(ClientCheck check) {
    return switch (check) {
      case SIGN_IN -> connection -> one(connection, "select 'signed in'");
      case TYPES -> PgjdbcClient::types;
      case TRANSACTION -> PgjdbcClient::transaction;
      case MASKED -> PgjdbcClient::masked;
      case REFUSED -> PgjdbcClient::refused;
      case COPY -> PgjdbcClient::copy;
      case CANCEL -> PgjdbcClient::cancel;
      case CURSOR -> PgjdbcClient::cursor;
      case PIPELINE -> PgjdbcClient::failingBatch;
      case BATCH -> connection -> batch(connection) + " " + rewrittenBatch();
      case NOTIFY -> PgjdbcClient::hear;
    };
  }

  private Connection connect(String... more) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", environment.get("PGUSER"));
    properties.setProperty("password", environment.get("PGPASSWORD"));
    properties.setProperty("sslmode", environment.get("PGSSLMODE"));
    properties.setProperty("sslrootcert", environment.getOrDefault("PGSSLROOTCERT", ""));
    for (int i = 0; i < more.length; i += 2) {
      properties.setProperty(more[i], more[i + 1]);
    }
    return DriverManager.getConnection(
        "jdbc:postgresql://%s:%s/%s"
            .formatted(
                environment.get("PGHOST"),
                environment.get("PGPORT"),
                environment.get("PGDATABASE")),
        properties);
  }

  private static String one(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static void execute(Connection connection, String command) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(command);
    }
  }

  private static String state(Connection connection, String command) {
    try {
      execute(connection, command);
      return "no error";
    } catch (SQLException e) {
      return e.getSQLState();
    }
  }

  /** The rows that came out, each once. */
  private static String distinct(PreparedStatement query, int columns) throws SQLException {
    Set<String> found = new LinkedHashSet<>();
    for (int i = 0; i < TIMES; i++) {
      try (ResultSet rows = query.executeQuery()) {
        rows.next();
        StringBuilder row = new StringBuilder();
        for (int column = 1; column <= columns; column++) {
          Object value = rows.getObject(column);
          row.append(value instanceof byte[] bytes ? Arrays.toString(bytes) : value).append(' ');
        }
        found.add(row.toString().strip());
      }
    }
    return String.join(" / ", found);
  }

  private static String types(Connection connection) throws SQLException {
    try (PreparedStatement echo =
        connection.prepareStatement(
            "select ?::text, ?::int, ?::bigint, ?::numeric, ?::timestamp, ?::date, ?::boolean,"
                + " ?::int[], ?::json, ?::jsonb, ?::bytea, ?::text")) {
      echo.setString(1, "Grüße, 'quoted'\n");
      echo.setInt(2, -42);
      echo.setLong(3, 9007199254740993L);
      echo.setBigDecimal(4, new BigDecimal("12345678901234567890.0123456789"));
      echo.setTimestamp(5, Timestamp.valueOf("2026-02-28 23:59:59.123456"));
      echo.setDate(6, java.sql.Date.valueOf("1815-12-10"));
      echo.setBoolean(7, true);
      echo.setArray(8, connection.createArrayOf("int4", new Integer[] {1, null, 3}));
      echo.setObject(9, "{\"a\": [1, null]}", Types.OTHER);
      echo.setObject(10, "{\"b\": \"ü\"}", Types.OTHER);
      echo.setBinaryStream(11, new ByteArrayInputStream(new byte[] {0, 1, -1}));
      echo.setNull(12, Types.VARCHAR);
      return distinct(echo, 10);
    }
  }

  private static String transaction(Connection connection) throws SQLException {
    execute(connection, "create temp table kept (id int)");
    connection.setAutoCommit(false);
    execute(connection, "insert into kept values (1)");
    Savepoint savepoint = connection.setSavepoint();
    execute(connection, "insert into kept values (2)");
    String first = state(connection, "select 1 / 0");
    String second = state(connection, "select 1");
    connection.rollback(savepoint);
    execute(connection, "insert into kept values (3)");
    connection.commit();
    return first + " " + second + " " + one(connection, "select array_agg(id) from kept");
  }

  private static String masked(Connection connection) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "select email, national_id, card_number from customers where id = ?")) {
      query.setInt(1, 1);
      return distinct(query, 3);
    }
  }

  private static String refused(Connection connection) throws SQLException {
    try {
      execute(connection, "truncate orders");
      return "not refused";
    } catch (PSQLException e) {
      ServerErrorMessage said = e.getServerErrorMessage();
      return "%s %s | %s |%s"
          .formatted(
              e.getSQLState(),
              said.getMessage(),
              said.getHint(),
              one(connection, "select ' goes on'"));
    }
  }

  private static String copy(Connection connection) throws Exception {
    execute(connection, "create temp table copied (id int, t text)");
    var copying = connection.unwrap(PGConnection.class).getCopyAPI();
    long in = copying.copyIn("copy copied from stdin", new StringReader("1\tone\n2\t\\N\n"));
    StringWriter out = new StringWriter();
    copying.copyOut("copy copied to stdout (format csv)", out);
    return in + " " + out;
  }

  private static String cancel(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(1);
      String state = "not cancelled";
      try {
        statement.execute("select pg_sleep(60)");
      } catch (SQLException e) {
        state = e.getSQLState();
      }
      return state + one(connection, "select ' goes on'");
    }
  }

  private static String cursor(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(7);
      int count = 0;
      try (ResultSet rows = statement.executeQuery("select id from orders")) {
        while (rows.next()) {
          count++;
        }
      }
      return String.valueOf(count);
    }
  }

  private static String batch(Connection connection) throws SQLException {
    execute(connection, "create temp table batch (id int, t text)");
    try (PreparedStatement insert =
        connection.prepareStatement("insert into batch values (?, ?)")) {
      for (int i = 0; i < MANY; i++) {
        insert.setInt(1, i);
        insert.setString(2, "row " + i);
        insert.addBatch();
      }
      return insert.executeBatch().length + " " + one(connection, "select count(*) from batch");
    }
  }

  /** Several rows in one INSERT. */
  private String rewrittenBatch() throws SQLException {
    try (Connection connection =
        connect("reWriteBatchedInserts", "true", "binaryTransfer", "false")) {
      return batch(connection);
    }
  }

  private static String failingBatch(Connection connection) throws SQLException {
    execute(connection, "create temp table failing (id int)");
    try (Statement statement = connection.createStatement()) {
      for (String value : List.of("1", "1 / 0", "3")) {
        statement.addBatch("insert into failing values (" + value + ")");
      }
      statement.executeBatch();
      return "no error";
    } catch (SQLException e) {
      return e.getSQLState() + " " + one(connection, "select count(*) from failing");
    }
  }

  private static String hear(Connection connection) throws SQLException {
    execute(connection, "listen bell");
    execute(connection, "notify bell, 'rung'");
    PGNotification[] heard = connection.unwrap(PGConnection.class).getNotifications(60_000);
    return heard[0].getName() + " " + heard[0].getParameter();
  }
}

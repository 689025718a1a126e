package dev.blastwall.e2e;

import dev.blastwall.demo.DemoUser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

/**
 * Runs {@link GeneratedSql} directly, through a gateway that allows everything, and through one
 * with the starter bundle. The first two must answer alike; the third must never let a labelled
 * value through, in any byte that the client receives.
 */
final class Differential implements AutoCloseable {

  /**
   * What came out.
   *
   * @param statements run both ways
   * @param equal of these, answered alike
   * @param failed of these, with an error
   * @param labelled run through the starter bundle
   * @param refused of these, by policy
   * @param held of these, until the client gave up
   * @param masked of these, with another answer than directly
   * @param findings what must not be
   */
  record Counts(
      int statements,
      int equal,
      int failed,
      int labelled,
      int refused,
      int held,
      int masked,
      List<String> findings) {}

  private static final int GIVE_UP_SECONDS = 1;

  private final ServedPolicy served;
  private final Connection direct;
  private final List<Connection> through = new ArrayList<>();
  private final Connection starter;
  private final List<String> secrets;
  private final List<String> findings = new ArrayList<>();
  private int equal;
  private int failed;
  private int refused;
  private int held;
  private int masked;

  Differential(Path work) throws Exception {
    served = new ServedPolicy(work, BundlesIT.FORWARD);
    try (Connection admin = served.demo().direct();
        Statement statement = admin.createStatement()) {
      statement.execute(GeneratedSql.SCHEMA);
    }
    direct = open(served.demo().direct());
    Properties simple = new Properties();
    simple.setProperty("preferQueryMode", "simple");
    through.add(open(served.connect()));
    through.add(open(served.demo().connect(served.gateway(), DemoUser.ALICE, simple)));
    Properties tapped = new Properties();
    tapped.setProperty("sslmode", "disable");
    tapped.setProperty("socketFactory", TappedSockets.class.getName());
    starter = open(served.demo().connect(DemoUser.ALICE, tapped));
    secrets = secrets();
  }

  private static Connection open(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    return connection;
  }

  private List<String> secrets() throws SQLException {
    List<String> all = new ArrayList<>();
    try (Statement statement = direct.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select unnest(array[email, national_id, card_number]) from customers")) {
      while (rows.next()) {
        all.add(rows.getString(1).toLowerCase(Locale.ROOT));
      }
    }
    direct.rollback();
    return all;
  }

  /** Runs as many statements of either sort. */
  Counts run(int statements, long seed) throws SQLException {
    GeneratedSql generated = new GeneratedSql(seed);
    for (int i = 0; i < statements; i++) {
      compare(generated.statement(), through.get(i % through.size()));
      seek(generated.queryOfCustomers());
    }
    return new Counts(statements, equal, failed, statements, refused, held, masked, findings);
  }

  private void compare(String sql, Connection gateway) throws SQLException {
    String expected = answer(direct, sql, 0);
    String actual = answer(gateway, sql, 0);
    if (expected.startsWith("error")) {
      failed++;
    }
    if (expected.equals(actual)) {
      equal++;
    } else {
      findings.add("differs: " + sql + "\n  " + expected + "\n  " + actual);
    }
  }

  private void seek(String sql) throws SQLException {
    String expected = answer(direct, sql, 0);
    TappedSockets.take();
    String actual = answer(starter, sql, GIVE_UP_SECONDS);
    String received = TappedSockets.take().toLowerCase(Locale.ROOT);
    if (received.isEmpty()) {
      findings.add("nothing was seen on the socket: " + sql);
    }
    if (secrets.stream().anyMatch(received::contains)) {
      findings.add("leaks: " + sql + "\n  " + actual);
    }
    if (actual.startsWith("error 57014")) {
      held++;
    } else if (actual.startsWith("error 42501")) {
      refused++;
    } else if (!actual.equals(expected)) {
      masked++;
    }
  }

  /** All that a driver makes of the answer; the order of rows without ORDER BY is nobody's. */
  private static String answer(Connection connection, String sql, int seconds) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(seconds);
      return statement.execute(sql)
          ? rows(statement.getResultSet())
          : "count " + statement.getUpdateCount();
    } catch (SQLException e) {
      return "error " + e.getSQLState() + " " + e.getMessage();
    } finally {
      connection.rollback();
    }
  }

  private static String rows(ResultSet result) throws SQLException {
    List<String> rows = new ArrayList<>();
    int columns = result.getMetaData().getColumnCount();
    StringBuilder head = new StringBuilder();
    for (int i = 1; i <= columns; i++) {
      head.append(result.getMetaData().getColumnLabel(i))
          .append(' ')
          .append(result.getMetaData().getColumnTypeName(i))
          .append(',');
    }
    while (result.next()) {
      List<String> row = new ArrayList<>();
      for (int i = 1; i <= columns; i++) {
        row.add(result.getString(i));
      }
      rows.add(row.toString());
    }
    Collections.sort(rows);
    return head + rows.toString();
  }

  @Override
  public void close() throws SQLException {
    direct.close();
    for (Connection connection : through) {
      connection.close();
    }
    starter.close();
    served.close();
  }

  /** {@code Differential STATEMENTS SEED} prints the counts, and every finding. */
  public static void main(String[] arguments) throws Exception {
    Path work = Files.createTempDirectory(Path.of("target"), "differential").toAbsolutePath();
    try (Differential differential = new Differential(work)) {
      Counts counts =
          differential.run(Integer.parseInt(arguments[0]), Long.parseLong(arguments[1]));
      counts.findings().forEach(System.out::println);
      System.out.printf(
          "%d statements: %d the same directly and through the gateway (%d of them errors)%n"
              + "%d queries of labelled columns: %d refused, %d held, %d masked; %d findings%n",
          counts.statements(),
          counts.equal(),
          counts.failed(),
          counts.labelled(),
          counts.refused(),
          counts.held(),
          counts.masked(),
          counts.findings().size());
      System.exit(counts.findings().isEmpty() ? 0 : 1);
    }
  }
}

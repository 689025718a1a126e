package dev.blastwall.demo;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Shows what the gateway does by doing it: alice's statements through PostgreSQL's own JDBC driver,
 * one of each outcome. Threads: blocking; a held statement waits on a virtual thread.
 */
public final class Tour {

  /** Goes on as it is. */
  public static final String ALLOWED = "select id, item, amount from orders order by id limit 3";

  /** Goes on; what comes back is masked. */
  public static final String MASKED =
      "select name, email, card_number as harmless from customers order by id limit 3";

  /** Is refused. */
  public static final String REFUSED = "delete from payments";

  /** Waits for an approver. */
  public static final String HELD = "delete from customers where id = 1000";

  private final Demo demo;
  private final PrintWriter out;
  private final Approver approver;

  /** Somebody who answers what is held. */
  public interface Approver {

    /** Waits until a command is held, says what it is, and approves it. */
    void approveNext();
  }

  /**
   * A tour through a running demo.
   *
   * @param out gets what happens
   * @param approver answers the held statement
   */
  public Tour(Demo demo, PrintWriter out, Approver approver) {
    this.demo = demo;
    this.out = out;
    this.approver = approver;
  }

  /**
   * Runs every statement and prints its outcome.
   *
   * @return whether every outcome was the expected one
   * @throws SQLException when alice cannot even connect
   */
  public boolean run() throws SQLException {
    try (Connection alice = connect()) {
      return allowed(alice) & masked(alice) & refused(alice) & held(alice);
    }
  }

  private Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", "alice");
    properties.setProperty("password", demo.token(DemoUser.ALICE));
    properties.setProperty("sslmode", "require");
    properties.setProperty("ApplicationName", "tour");
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:"
            + demo.gateway().postgresql().getPort()
            + "/"
            + Demo.CONNECTION,
        properties);
  }

  private boolean allowed(Connection alice) {
    announce("An allowed query", ALLOWED);
    return show(alice, ALLOWED);
  }

  private boolean masked(Connection alice) {
    announce("A masked query: an alias does not help", MASKED);
    return show(alice, MASKED);
  }

  private boolean refused(Connection alice) {
    announce("A refused statement", REFUSED);
    return !show(alice, REFUSED);
  }

  private boolean held(Connection alice) {
    announce("A held statement, which dora approves", HELD);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CompletableFuture<Boolean> answer =
          CompletableFuture.supplyAsync(() -> show(alice, HELD), threads);
      approver.approveNext();
      return answer.join();
    }
  }

  private void announce(String what, String sql) {
    out.printf("%n── %s%n   shop=> %s;%n", what, sql);
    out.flush();
  }

  /** Runs a statement and prints its outcome; whether it was answered. */
  private boolean show(Connection connection, String sql) {
    try (Statement statement = connection.createStatement()) {
      boolean rows = statement.execute(sql);
      printNotices(statement.getWarnings());
      if (rows) {
        printRows(statement.getResultSet());
      } else {
        out.println("   " + statement.getUpdateCount() + " rows changed");
      }
      return true;
    } catch (PSQLException e) {
      printError(e);
      return false;
    } catch (SQLException e) {
      out.println("   " + e.getMessage());
      return false;
    } finally {
      out.flush();
    }
  }

  private void printNotices(SQLWarning first) {
    for (SQLWarning notice = first; notice != null; notice = notice.getNextWarning()) {
      out.println("   NOTICE:  " + notice.getMessage());
    }
  }

  private void printRows(ResultSet rows) throws SQLException {
    List<Integer> columns =
        IntStream.rangeClosed(1, rows.getMetaData().getColumnCount()).boxed().toList();
    StringBuilder header = new StringBuilder("  ");
    for (int column : columns) {
      header.append(" %-20s".formatted(rows.getMetaData().getColumnLabel(column)));
    }
    out.println(header);
    while (rows.next()) {
      StringBuilder row = new StringBuilder("  ");
      for (int column : columns) {
        row.append(" %-20s".formatted(rows.getString(column)));
      }
      out.println(row);
    }
  }

  private void printError(PSQLException e) {
    ServerErrorMessage error = e.getServerErrorMessage();
    if (error == null) {
      out.println("   " + e.getMessage());
      return;
    }
    out.println("   ERROR:  " + error.getMessage() + " (" + error.getSQLState() + ")");
    out.println("   DETAIL: " + error.getDetail());
    out.println("   HINT:   " + error.getHint());
  }
}

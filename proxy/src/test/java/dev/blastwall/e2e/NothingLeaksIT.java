package dev.blastwall.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import com.fasterxml.jackson.databind.JsonNode;
import dev.blastwall.demo.Demo;
import dev.blastwall.demo.DemoUser;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;
import org.slf4j.LoggerFactory;

/**
 * Clients do all they can to see masked values, with statements that are masked, refused, held and
 * that fail; then everything that anybody could read is searched for those values, and for the
 * secrets that opened the doors.
 */
class NothingLeaksIT {

  private static final String EMAIL = "zebulon.quark@leakprobe.example";
  private static final String NATIONAL_ID = "542-65-4329";
  private static final String CARD = "4539578763621486";
  private static final long POLL_MILLIS = 50;
  private static final String ROW = "id = 9001";

  private static final Queue<String> LOGGED = new ConcurrentLinkedQueue<>();
  private static final Queue<String> SEEN_BY_APPROVERS = new ConcurrentLinkedQueue<>();
  private static final StringBuilder SEEN = new StringBuilder();

  private static RunningDemo demo;
  private static Level level;

  @TempDir private static Path folder;

  @BeforeAll
  static void run() throws Exception {
    listen();
    demo = new RunningDemo();
    seed();
    Thread approver = Thread.startVirtualThread(NothingLeaksIT::approveReads);
    askInEveryWay();
    psql();
    approver.interrupt();
    approver.join();
    signInWrongly();
    demo.awaitRecorded("leakprobe-last");
  }

  @AfterAll
  static void stop() {
    root().detachAppender("everything");
    root().setLevel(level);
    demo.close();
  }

  @Test
  void theRunShowedWhatItShould() {
    assertThat(SEEN).contains("z***", "[redacted]", "************1486", "42501", "22P02");
  }

  @Test
  void noClientSawAMaskedValue() {
    assertThat(SEEN.toString()).doesNotContain(forms());
    assertThat(SEEN_BY_APPROVERS).isNotEmpty();
    assertThat(String.join("\n", SEEN_BY_APPROVERS)).doesNotContain(forms());
  }

  @Test
  void noLogHoldsAMaskedValueOrASecret() {
    assertThat(LOGGED).isNotEmpty();
    assertThat(String.join("\n", LOGGED)).doesNotContain(forms()).doesNotContain(secrets());
  }

  @Test
  void noRecordingHoldsAMaskedValueOrASecret() throws Exception {
    assertThat(demo.recorded())
        .contains("leakprobe-last")
        .doesNotContain(forms())
        .doesNotContain(secrets());
  }

  private static String[] forms() {
    return Stream.of(EMAIL, NATIONAL_ID, CARD, NATIONAL_ID.replace("-", ""))
        .flatMap(NothingLeaksIT::forms)
        .toArray(String[]::new);
  }

  private static Stream<String> forms(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    return Stream.of(
        value,
        value.toUpperCase(Locale.ROOT),
        new StringBuilder(value).reverse().toString(),
        value.substring(0, value.length() - 3),
        HexFormat.of().formatHex(bytes),
        Base64.getEncoder().withoutPadding().encodeToString(bytes));
  }

  /** Signatures: what is before them is in the clear anyway. */
  private static String[] secrets() {
    return Stream.concat(
            Stream.of(DemoUser.values())
                .map(user -> demo.token(user))
                .map(token -> token.substring(token.lastIndexOf('.') + 1)),
            Stream.of(demo.demo().upstream().password().value(), "not-a-token-at-all"))
        .toArray(String[]::new);
  }

  private static void seed() throws SQLException {
    try (Connection direct = demo.direct();
        Statement statement = direct.createStatement()) {
      statement.execute(
          "insert into customers values (9001, 'Zebulon', '%s', '%s', '%s')"
              .formatted(EMAIL, NATIONAL_ID, CARD));
      statement.execute(
          "insert into notes values (9001, 9001, 'pays with %s, ssn %s')"
              .formatted(CARD, NATIONAL_ID));
    }
  }

  private static void askInEveryWay() throws Exception {
    Properties prepareAtOnce = new Properties();
    prepareAtOnce.setProperty("prepareThreshold", "1");
    for (Properties way : List.of(new Properties(), prepareAtOnce)) {
      try (Connection alice = demo.connect(DemoUser.ALICE, way)) {
        for (String statement : STATEMENTS) {
          ask(alice, statement);
        }
        copy(alice);
        cursor(alice);
        bind(alice);
      }
    }
  }

  private static final List<String> STATEMENTS =
      List.of(
          "select * from customers where " + ROW,
          "select email as x, upper(national_id), reverse(card_number) from customers where " + ROW,
          "select encode(email::bytea, 'hex'), encode(email::bytea, 'base64') from customers where "
              + ROW,
          "select row_to_json(c), c, c::text from customers c where " + ROW,
          "select array_agg(email), json_agg(national_id), string_agg(card_number, ',')"
              + " from customers where "
              + ROW,
          "select (select email from customers where " + ROW + ")",
          "with c as (select email e from customers where " + ROW + ") select e from c",
          "select email from customers where "
              + ROW
              + " union select card_number from customers"
              + " where "
              + ROW,
          "select body from notes where " + ROW,
          "select format('%s %s', body, 1) from notes where " + ROW,
          // Errors that quote what they stumbled over.
          "select email::int from customers where " + ROW,
          "select national_id::date from customers where " + ROW,
          "select card_number::int from customers where " + ROW,
          "select ('{' || email)::json from customers where " + ROW,
          "select xmlparse(document email) from customers where " + ROW,
          "insert into customers select 9002, name, email, national_id, card_number from customers"
              + " where "
              + ROW,
          "update customers set name = null where " + ROW,
          "update customers set id = 1 where " + ROW,
          "select 1 / (length(email) - length(email)) from customers where " + ROW,
          // What goes other ways than by a row.
          "select pg_notify('leaks', email) from customers where " + ROW,
          "select set_config('application_name', email, false) from customers where " + ROW,
          "explain analyze select email from customers where " + ROW,
          "do $$ begin raise notice '%', (select email from customers where id = 9001); end $$",
          "select query_to_xml('select * from customers where id = 9001', true, true, '')",
          "select most_common_vals from pg_stats where tablename = 'customers'",
          "create temp table taken as select name from customers where " + ROW,
          "drop table customers",
          "delete from customers",
          "this is no statement",
          "select * from customers",
          "select 'leakprobe-last'");

  private static void ask(Connection alice, String text) throws SQLException {
    try (Statement statement = alice.createStatement()) {
      see(statement.execute(text) ? statement.getResultSet() : null);
      for (SQLWarning more = statement.getWarnings(); more != null; more = more.getNextWarning()) {
        see(more);
      }
    } catch (SQLException e) {
      see(e);
    }
  }

  private static void bind(Connection alice) {
    try (PreparedStatement one =
        alice.prepareStatement("select email, national_id from customers where id = ?")) {
      for (int i = 0; i < 3; i++) {
        one.setInt(1, 9001);
        see(one.executeQuery());
      }
    } catch (SQLException e) {
      see(e);
    }
  }

  private static void cursor(Connection alice) throws SQLException {
    ask(alice, "begin");
    ask(alice, "declare c cursor for select email, national_id from customers where " + ROW);
    ask(alice, "fetch all from c");
    ask(alice, "rollback");
    ask(alice, "prepare p as select email from customers where " + ROW);
    ask(alice, "execute p");
  }

  private static void copy(Connection alice) throws Exception {
    for (String source :
        List.of(
            "(select email, national_id from customers where " + ROW + ")",
            "(select c from customers c where " + ROW + ")",
            "(select body from notes where " + ROW + ")",
            "customers")) {
      for (String options : List.of("", " with (format csv, header)", " with (format binary)")) {
        StringWriter rows = new StringWriter();
        try {
          alice
              .unwrap(PGConnection.class)
              .getCopyAPI()
              .copyOut("copy " + source + " to stdout" + options, rows);
        } catch (SQLException e) {
          see(e);
        }
        SEEN.append(rows).append('\n');
      }
    }
  }

  private static void psql() throws Exception {
    SEEN.append(
        Program.run(
                folder,
                Map.of("PGPASSWORD", demo.token(DemoUser.ALICE)),
                String.join(";\n", STATEMENTS) + ";\n",
                List.of(
                    "psql",
                    "-X",
                    "-v",
                    "VERBOSITY=verbose",
                    "host=127.0.0.1 port=%d dbname=%s user=alice sslmode=require"
                        .formatted(demo.port(), Demo.CONNECTION)))
            .output());
  }

  /** Releases every read that is held, and no write. */
  private static void approveReads() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        for (JsonNode held : demo.held()) {
          SEEN_BY_APPROVERS.add(held.toString());
          boolean reads = held.path("command").asText().startsWith("select");
          demo.answer(held, reads ? "approve" : "deny");
        }
        Thread.sleep(POLL_MILLIS);
      }
    } catch (InterruptedException e) {
      // Nothing more will be asked.
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void signInWrongly() {
    String token = demo.token(DemoUser.ALICE);
    for (String wrong : List.of("not-a-token-at-all", token + "x", "x" + token)) {
      try (Connection unexpected =
          DriverManager.getConnection(
              "jdbc:postgresql://127.0.0.1:" + demo.port() + "/" + Demo.CONNECTION,
              "alice",
              wrong)) {
        throw new AssertionError("let in: " + unexpected);
      } catch (SQLException e) {
        see(e);
      }
    }
  }

  private static void see(ResultSet rows) throws SQLException {
    while (rows != null && rows.next()) {
      for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
        SEEN.append(rows.getString(i)).append('\t');
      }
      SEEN.append('\n');
    }
  }

  private static void see(SQLException report) {
    SEEN.append(report.getSQLState()).append(' ').append(report).append('\n');
  }

  private static void listen() {
    level = root().getLevel();
    AppenderBase<ILoggingEvent> everything =
        new AppenderBase<>() {
          @Override
          protected void append(ILoggingEvent event) {
            LOGGED.add(
                event.getFormattedMessage()
                    + ThrowableProxyUtil.asString(event.getThrowableProxy()));
          }
        };
    everything.setName("everything");
    everything.setContext(root().getLoggerContext());
    everything.start();
    root().addAppender(everything);
    root().setLevel(Level.ALL);
  }

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }
}

package dev.blastwall.demo;

import dev.blastwall.protocol.Secret;
import dev.blastwall.protocol.Upstream;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A real PostgreSQL on this machine.
 *
 * <p>Listens on loopback, for one role only: {@value #USER}, which owns the database {@value
 * #DATABASE} and is no superuser, by SCRAM-SHA-256. Nobody else can sign in, not even without a
 * password from this machine. It runs, and its data stays, until it is closed.
 */
public final class LocalPostgres implements AutoCloseable {

  /** The database. */
  public static final String DATABASE = "shop";

  /** Customers, orders, payments, notes. All card numbers are test numbers and no person exists. */
  private static final String SHOP = "shop.sql";

  /** The role that the gateway uses. */
  public static final String USER = "gateway";

  /**
   * The superuser signs in without a password once, then never again: see {@link #lock}. No line
   * for Unix sockets, so nobody signs in there.
   */
  private static final String ACCESS =
      """
      host all postgres 127.0.0.1/32 trust
      host all all      127.0.0.1/32 scram-sha-256
      """;

  /** It takes a second; a busy machine may take many. */
  private static final Duration STARTUP = Duration.ofMinutes(1);

  private static final int PASSWORD_BITS = 160;
  private static final int RADIX = 36;

  private final EmbeddedPostgres postgres;
  private final Path folder;
  private final Secret password;

  private LocalPostgres(EmbeddedPostgres postgres, Path folder, Secret password) {
    this.postgres = postgres;
    this.folder = folder;
    this.password = password;
  }

  /** As {@link #start}, with a small shop in it. */
  public static LocalPostgres shop(Path work) throws IOException {
    return start(work, resource(SHOP));
  }

  /**
   * Starts one on a free port.
   *
   * @param work a folder for PostgreSQL's programs, which stay for the next start, and for the
   *     data, which does not; made when it is not there
   * @param sql what is in it: statements, run by its owner
   * @throws IOException if it cannot start, or does not take the statements
   */
  public static LocalPostgres start(Path work, String sql) throws IOException {
    Path programs = Files.createDirectories(work.resolve("postgresql"));
    Path folder = Files.createTempDirectory(work, "data-");
    try {
      LocalPostgres database = new LocalPostgres(launch(programs, folder), folder, newPassword());
      database.fill(sql);
      return database;
    } catch (IOException e) {
      delete(folder);
      throw e;
    }
  }

  private static EmbeddedPostgres launch(Path programs, Path folder) throws IOException {
    Path access = Files.writeString(folder.resolve("pg_hba.conf"), ACCESS);
    return EmbeddedPostgres.builder()
        .setOverrideWorkingDirectory(programs.toFile())
        .setDataDirectory(folder.resolve("data"))
        .setLocaleConfig("locale", "C.UTF-8")
        .setServerConfig("hba_file", access.toString())
        .setServerConfig("unix_socket_directories", "")
        // The data does not outlive the process, so it need not survive a crash.
        .setServerConfig("fsync", "off")
        .setPGStartupWait(STARTUP)
        // Two hooks would race for the folder; whoever starts it closes it.
        .setRegisterShutdownHook(false)
        .setOutputRedirector(Redirect.DISCARD)
        .setErrorRedirector(Redirect.DISCARD)
        .start();
  }

  private static Secret newPassword() {
    return new Secret(new BigInteger(PASSWORD_BITS, new SecureRandom()).toString(RADIX));
  }

  private void fill(String sql) throws IOException {
    try {
      lock();
      try (Connection connection = DriverManager.getConnection(jdbcUrl(), USER, password.value());
          Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      postgres.close();
      throw new IOException("the database does not take its statements: " + e.getMessage(), e);
    }
  }

  /** Makes the gateway's role and locks the superuser out, in that order and at once. */
  private void lock() throws SQLException {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create role " + USER + " login password '" + password.value() + "'");
      statement.execute("create database " + DATABASE + " owner " + USER);
      statement.execute("alter role postgres nologin");
    }
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = LocalPostgres.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Where it listens and how the gateway signs in. */
  public Upstream upstream() {
    return new Upstream(
        "127.0.0.1", postgres.getPort(), USER, password, DATABASE, Upstream.Tls.DISABLE, null);
  }

  private String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/" + DATABASE;
  }

  @Override
  public void close() {
    try {
      postgres.close();
      delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("the database's folder cannot be removed", e);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}

package dev.blastwall.protocol.postgresql;

import dev.blastwall.protocol.Upstream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateway's own connection to a database, for its catalog. Blocks, and serves one thread at a
 * time. Its search path is empty: whatever the server prints is qualified, but for its own names.
 */
final class CatalogConnection implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CatalogConnection.class);
  private static final int TIMEOUT_SECONDS = 10;

  private final PGSimpleDataSource source;
  private @Nullable Connection connection;

  CatalogConnection(Upstream upstream) {
    source = source(upstream);
  }

  private static PGSimpleDataSource source(Upstream upstream) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {upstream.host()});
    source.setPortNumbers(new int[] {upstream.port()});
    source.setDatabaseName(upstream.database());
    source.setUser(upstream.user());
    source.setPassword(upstream.password().value());
    source.setApplicationName("blastwall-catalog");
    source.setLoginTimeout(TIMEOUT_SECONDS);
    source.setConnectTimeout(TIMEOUT_SECONDS);
    source.setSocketTimeout(TIMEOUT_SECONDS);
    switch (upstream.tls()) {
      case DISABLE -> source.setSslMode("disable");
      case VERIFY_FULL -> verify(source, upstream.authorities());
    }
    return source;
  }

  private static void verify(PGSimpleDataSource source, @Nullable Path authorities) {
    source.setSslMode("verify-full");
    if (authorities == null) {
      source.setSslfactory("org.postgresql.ssl.DefaultJavaSSLFactory");
    } else {
      source.setSslRootCert(authorities.toString());
    }
  }

  /** Makes something of a row. */
  @FunctionalInterface
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** The rows of a query; a parameter is a text or null. */
  <T> List<T> query(String sql, Row<T> row, @Nullable String... parameters) throws SQLException {
    try (PreparedStatement query = connected().prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        query.setString(i + 1, parameters[i]);
      }
      List<T> rows = new ArrayList<>();
      try (ResultSet found = query.executeQuery()) {
        while (found.next()) {
          rows.add(row.read(found));
        }
      }
      return rows;
    }
  }

  private Connection connected() throws SQLException {
    Connection open = connection;
    if (open == null || open.isClosed()) {
      open = source.getConnection();
      try (Statement statement = open.createStatement()) {
        // Printing a view waits for whoever changes a table below it, perhaps the session that
        // asks.
        statement.execute("set search_path to ''; set lock_timeout to '1s'");
      }
      connection = open;
    }
    return open;
  }

  /** After a failure: the next query gets a new connection. */
  @Override
  public void close() {
    Connection closing = connection;
    connection = null;
    if (closing != null) {
      try {
        closing.close();
      } catch (SQLException e) {
        LOG.debug("Closing a catalog connection failed", e);
      }
    }
  }
}

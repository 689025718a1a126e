package dev.blastwall.protocol.postgresql;

import dev.blastwall.protocol.Upstream;
import dev.blastwall.protocol.sql.SqlUnderstanding;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * The system catalogs of the upstream databases: what the names of a statement and the OIDs of a
 * RowDescription stand for. Read through a connection of the gateway's own to each, on virtual
 * threads; answers from memory are at most {@link CatalogMemory#FRESH} old, and older than no
 * schema change that went through the gateway.
 */
public final class PostgresqlCatalog implements AutoCloseable {

  private final Map<Upstream, CatalogDatabase> databases = new ConcurrentHashMap<>();
  private final SqlUnderstanding understanding;
  private final Executor reader;

  /**
   * The catalogs.
   *
   * @param understanding reads the definitions of views
   */
  public PostgresqlCatalog(SqlUnderstanding understanding) {
    this(understanding, Thread.ofVirtual().name("catalog")::start);
  }

  /**
   * The catalogs.
   *
   * @param reader where they are read
   */
  PostgresqlCatalog(SqlUnderstanding understanding, Executor reader) {
    this.understanding = understanding;
    this.reader = reader;
  }

  /** The catalog of one database. */
  CatalogDatabase database(Upstream upstream) {
    return Objects.requireNonNull(
        databases.computeIfAbsent(
            upstream, missing -> new CatalogDatabase(missing, understanding, reader)));
  }

  /** Closes the connections. */
  @Override
  public void close() {
    databases.values().forEach(CatalogDatabase::close);
  }
}

package dev.blastwall.protocol.postgresql;

import dev.blastwall.command.ColumnOrigin;
import dev.blastwall.protocol.Upstream;
import dev.blastwall.protocol.postgresql.Relation.Origins;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The catalog of one database. Reading blocks: only virtual threads do it. */
final class CatalogDatabase implements AutoCloseable {

  /** How old an answer may be: so long may a schema change beside the gateway stay unseen. */
  static final Duration FRESH = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(CatalogDatabase.class);
  private static final int TIMEOUT_SECONDS = 10;

  private static final String COLUMNS =
      """
      select n.nspname, c.relname, c.relkind in ('v', 'm'), a.attnum, a.attname
      from pg_catalog.pg_class c
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      join pg_catalog.pg_attribute a on a.attrelid = c.oid and not a.attisdropped
      where c.oid = ?::oid\
      """;

  /**
   * Every relation that a view's rewrite rule names, views in it included. Their columns are not
   * asked for: a whole-row reference leaves no trace of them in pg_depend.
   */
  private static final String BASE_RELATIONS =
      """
      with recursive used(relation) as (
        select ?::oid
        union
        select d.refobjid
        from used u
        join pg_catalog.pg_rewrite r on r.ev_class = u.relation
        join pg_catalog.pg_depend d on d.objid = r.oid
          and d.classid = 'pg_catalog.pg_rewrite'::regclass
          and d.refclassid = 'pg_catalog.pg_class'::regclass)
      select n.nspname, c.relname
      from used u
      join pg_catalog.pg_class c on c.oid = u.relation
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace\
      """;

  private record Remembered(Relation relation, long readAtNanos, int epoch) {}

  private final PGSimpleDataSource source;
  private final Map<Integer, Remembered> memory = new ConcurrentHashMap<>();
  private final AtomicInteger epoch = new AtomicInteger();
  private final ReentrantLock reading = new ReentrantLock();
  private @Nullable Connection connection;

  CatalogDatabase(Upstream upstream) {
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

  /** What is known of a relation and fresh, or null. */
  @Nullable Relation inMemory(int oid) {
    Remembered remembered = memory.get(oid);
    return remembered == null || isStale(remembered) ? null : remembered.relation;
  }

  private boolean isStale(Remembered remembered) {
    return remembered.epoch != epoch.get()
        || System.nanoTime() - remembered.readAtNanos > FRESH.toNanos();
  }

  /** Reads relations; what cannot be read is unknown, and so not traced. */
  Map<Integer, Relation> read(Collection<Integer> oids) {
    Map<Integer, Relation> relations = new HashMap<>();
    for (Integer oid : oids) {
      relations.put(oid, read(oid));
    }
    return relations;
  }

  private Relation read(int oid) {
    reading.lock();
    try {
      Relation known = inMemory(oid);
      return known == null ? readNow(oid) : known;
    } catch (SQLException e) {
      LOG.warn("The catalog cannot be read: {}", e.getMessage());
      disconnect();
      return Relation.UNKNOWN;
    } finally {
      reading.unlock();
    }
  }

  private Relation readNow(int oid) throws SQLException {
    int before = epoch.get();
    Relation relation = relation(oid);
    memory.put(oid, new Remembered(relation, System.nanoTime(), before));
    return relation;
  }

  private Relation relation(int oid) throws SQLException {
    Map<Integer, Origins> columns = new HashMap<>();
    List<ColumnOrigin> base = List.of();
    try (PreparedStatement query = prepare(COLUMNS, oid);
        ResultSet found = query.executeQuery()) {
      while (found.next()) {
        String schema = found.getString(1);
        String table = found.getString(2);
        boolean view = found.getBoolean(3);
        if (view && base.isEmpty()) {
          base = baseRelations(oid);
        }
        columns.put(0, origins(schema, table, ColumnOrigin.WHOLE_ROW, base));
        columns.put(found.getInt(4), origins(schema, table, found.getString(5), base));
      }
    }
    return new Relation(columns);
  }

  /** A view's own column, and for want of its definition every column below it. */
  private static Origins origins(
      String schema, String table, String column, List<ColumnOrigin> base) {
    List<ColumnOrigin> all = new ArrayList<>(base);
    all.add(new ColumnOrigin(schema, table, column));
    return new Origins(all, base.isEmpty());
  }

  private List<ColumnOrigin> baseRelations(int view) throws SQLException {
    List<ColumnOrigin> base = new ArrayList<>();
    try (PreparedStatement query = prepare(BASE_RELATIONS, view);
        ResultSet found = query.executeQuery()) {
      while (found.next()) {
        base.add(new ColumnOrigin(found.getString(1), found.getString(2), ColumnOrigin.WHOLE_ROW));
      }
    }
    return base;
  }

  private PreparedStatement prepare(String sql, int oid) throws SQLException {
    PreparedStatement query = connected().prepareStatement(sql);
    query.setLong(1, Integer.toUnsignedLong(oid));
    return query;
  }

  private Connection connected() throws SQLException {
    if (connection == null || connection.isClosed()) {
      connection = source.getConnection();
    }
    return connection;
  }

  /** Nothing in memory counts any more. */
  void forget() {
    epoch.incrementAndGet();
  }

  @Override
  public void close() {
    reading.lock();
    try {
      disconnect();
    } finally {
      reading.unlock();
    }
  }

  private void disconnect() {
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

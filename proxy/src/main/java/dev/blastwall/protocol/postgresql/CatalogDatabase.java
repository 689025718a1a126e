package dev.blastwall.protocol.postgresql;

import dev.blastwall.command.SqlStatement;
import dev.blastwall.protocol.Upstream;
import dev.blastwall.protocol.sql.SqlUnderstanding;
import dev.blastwall.protocol.sql.resolve.Names;
import dev.blastwall.protocol.sql.resolve.Resolved;
import dev.blastwall.protocol.sql.resolve.Resolver;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The catalog of one database, as far as somebody asked for it. Looking into memory is for event
 * loops; reading blocks, and only virtual threads do it.
 */
final class CatalogDatabase implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CatalogDatabase.class);

  private final AtomicInteger epoch = new AtomicInteger();
  private final CatalogMemory<Integer, Relation> relations = new CatalogMemory<>(epoch);
  private final CatalogMemory<Statements, Resolved> resolved = new CatalogMemory<>(epoch);
  private final CatalogMemory<Integer, Map<Integer, TypeShape>> types = new CatalogMemory<>(epoch);
  private final Executor reader;
  private final ReentrantLock reading = new ReentrantLock();
  private final CatalogConnection connection;
  private final CatalogNames names;
  private final CatalogShapes shapes;

  CatalogDatabase(Upstream upstream, SqlUnderstanding understanding, Executor reader) {
    this.reader = reader;
    connection = new CatalogConnection(upstream);
    CatalogQueries queries = new CatalogQueries(connection);
    names =
        new CatalogNames(
            queries, new CatalogFunctions(connection), understanding, epoch, relations);
    shapes = new CatalogShapes(connection);
  }

  /** Statements by identity: those of a text that was read before are the very same list. */
  private static final class Statements {
    private final List<SqlStatement> list;

    Statements(List<SqlStatement> list) {
      this.list = list;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Statements statements && statements.list == list;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(list);
    }
  }

  /** What is known of a relation and fresh, or null. */
  @Nullable Relation inMemory(int oid) {
    CatalogMemory.Entry<Relation> known = relations.get(oid);
    if (known != null && known.isToRenew()) {
      later(() -> read(List.of(oid)));
    }
    return known == null ? null : known.value();
  }

  /** What the names of these statements stand for, if that is known and fresh, else null. */
  @Nullable Resolved inMemory(List<SqlStatement> statements) {
    CatalogMemory.Entry<Resolved> known = resolved.get(new Statements(statements));
    if (known != null && known.isToRenew()) {
      later(() -> resolve(statements, UnaryOperator.identity()));
    }
    return known == null ? null : known.value();
  }

  /** Reads where that may block. */
  void later(Runnable read) {
    reader.execute(read);
  }

  /**
   * Finds out what the names of statements stand for.
   *
   * @param seen what the session sees differently
   * @return null when the catalog cannot be read
   */
  @Nullable Resolved resolve(List<SqlStatement> statements, UnaryOperator<Names> seen) {
    return reading(() -> {
      int before = epoch.get();
      Names session = seen.apply(names);
      Resolved answer = Resolver.resolve(statements, session);
      if (session == names) {
        resolved.put(new Statements(statements), answer, names.oldest(), before);
      }
      return answer;
    });
  }

  /** Reads relations; what cannot be read is unknown, and so not traced. */
  Map<Integer, Relation> read(Collection<Integer> oids) {
    Map<Integer, Relation> all = new HashMap<>();
    for (Integer oid : oids) {
      Relation relation = reading(() -> names.relation(oid));
      all.put(oid, relation == null ? Relation.UNKNOWN : relation);
    }
    return all;
  }

  /** What is known of types and fresh; null when something is missing. */
  @Nullable Map<Integer, TypeShape> shapesInMemory(Set<Integer> oids) {
    Map<Integer, TypeShape> all = new HashMap<>();
    for (Integer oid : oids) {
      CatalogMemory.Entry<Map<Integer, TypeShape>> known = types.get(oid);
      if (known == null) {
        return null;
      }
      all.putAll(known.value());
    }
    return all;
  }

  /** Reads types, with all that they are made of; what cannot be read is left out. */
  Map<Integer, TypeShape> shapes(Set<Integer> oids) {
    Map<Integer, TypeShape> all = new HashMap<>();
    for (Integer oid : oids) {
      int before = epoch.get();
      long readAt = System.nanoTime();
      Map<Integer, TypeShape> read = reading(() -> shapes.read(oid));
      if (read != null) {
        types.put(oid, read, readAt, before);
        all.putAll(read);
      }
    }
    return all;
  }

  /** A table and those that its constraints refer to; none when the catalog does not show it. */
  List<Integer> constrained(String schema, String table) {
    List<Integer> oids = reading(() -> names.constrained(schema, table));
    return oids == null ? List.of() : oids;
  }

  /** The function of that number, or none; null when the catalog cannot be read. */
  @Nullable List<FunctionCall.Called> called(int oid) {
    return reading(() -> names.called(oid));
  }

  private <T> @Nullable T reading(Supplier<T> read) {
    reading.lock();
    try {
      names.begin();
      return read.get();
    } catch (RuntimeException e) {
      LOG.warn("The catalog cannot be read: {}", e.getMessage());
      connection.close();
      return null;
    } finally {
      reading.unlock();
    }
  }

  /** Nothing in memory counts any more. */
  void forget() {
    epoch.incrementAndGet();
  }

  @Override
  public void close() {
    reading.lock();
    try {
      connection.close();
    } finally {
      reading.unlock();
    }
  }
}

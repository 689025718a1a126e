package dev.blastwall.protocol.postgresql;

import dev.blastwall.protocol.Upstream;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Names for the OIDs of RowDescription, per upstream database. Reads the catalog through a
 * connection of the gateway's own, on virtual threads; answers from memory are at most {@link
 * CatalogDatabase#FRESH} old, and older than no schema change that went through the gateway.
 */
public final class PostgresqlCatalog implements AutoCloseable {

  private final Map<Upstream, CatalogDatabase> databases = new ConcurrentHashMap<>();

  /**
   * Looks relations up.
   *
   * @param oids which
   * @param loop where the answer is wanted
   * @param then gets them all, at once when they are in memory; what cannot be read is {@link
   *     Relation#UNKNOWN}
   */
  void relations(
      Upstream upstream,
      Collection<Integer> oids,
      Executor loop,
      Consumer<Map<Integer, Relation>> then) {
    CatalogDatabase database = database(upstream);
    Map<Integer, Relation> known = inMemory(database, oids);
    if (known.size() == oids.size()) {
      then.accept(known);
      return;
    }
    Thread.ofVirtual()
        .name("catalog")
        .start(() -> {
          Map<Integer, Relation> read = database.read(oids);
          loop.execute(() -> then.accept(read));
        });
  }

  private static Map<Integer, Relation> inMemory(
      CatalogDatabase database, Collection<Integer> oids) {
    Map<Integer, Relation> known = new HashMap<>();
    for (Integer oid : oids) {
      Relation relation = database.inMemory(oid);
      if (relation != null) {
        known.put(oid, relation);
      }
    }
    return known;
  }

  /** A schema change went through: what is in memory may be wrong now. */
  void forget(Upstream upstream) {
    database(upstream).forget();
  }

  private CatalogDatabase database(Upstream upstream) {
    return Objects.requireNonNull(databases.computeIfAbsent(upstream, CatalogDatabase::new));
  }

  /** Closes the connections. */
  @Override
  public void close() {
    databases.values().forEach(CatalogDatabase::close);
  }
}

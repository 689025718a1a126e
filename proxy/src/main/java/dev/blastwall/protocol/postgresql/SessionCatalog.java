package dev.blastwall.protocol.postgresql;

import dev.blastwall.command.SqlBatch;
import dev.blastwall.command.SqlStatement;
import dev.blastwall.protocol.sql.resolve.Names;
import dev.blastwall.protocol.sql.resolve.Resolved;
import dev.blastwall.protocol.sql.resolve.Resolver;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The catalog as one session sees it: that of its database, and what the session has changed that
 * nobody else can see yet. Belongs to the session's event loop.
 */
final class SessionCatalog {

  private final CatalogDatabase database;
  private final Executor loop;
  private final SchemaChanges changes = new SchemaChanges();

  SessionCatalog(CatalogDatabase database, Executor loop) {
    this.database = database;
    this.loop = loop;
  }

  /**
   * Finds out what the names of a command stand for.
   *
   * @param then gets the answer, at once when it is in memory; null when the catalog cannot be read
   */
  void resolve(SqlBatch batch, Consumer<@Nullable Resolved> then) {
    List<SqlStatement> statements = batch.statements();
    if (!Resolver.concerns(statements)) {
      then.accept(new Resolved(statements, true, false));
      return;
    }
    UnaryOperator<Names> seen = changes.seenBy(batch);
    Resolved known = seen == null ? database.inMemory(statements) : null;
    if (known != null) {
      then.accept(known);
      return;
    }
    UnaryOperator<Names> sees = seen == null ? UnaryOperator.identity() : seen;
    database.later(() -> {
      Resolved read = database.resolve(statements, sees);
      loop.execute(() -> then.accept(read));
    });
  }

  /**
   * Looks relations up by number.
   *
   * @param then gets them all, at once when they are in memory; what cannot be read is {@link
   *     Relation#UNKNOWN}
   */
  void relations(Collection<Integer> oids, Consumer<Map<Integer, Relation>> then) {
    Map<Integer, Relation> known = new HashMap<>();
    for (Integer oid : oids) {
      Relation relation = database.inMemory(oid);
      if (relation != null) {
        known.put(oid, relation);
      }
    }
    if (known.size() == oids.size()) {
      then.accept(known);
      return;
    }
    database.later(() -> {
      Map<Integer, Relation> read = database.read(oids);
      loop.execute(() -> then.accept(read));
    });
  }

  /**
   * Finds out what types are made of.
   *
   * @param then gets them and what they are made of, at once when they are in memory; what cannot
   *     be read is left out
   */
  void shapes(Set<Integer> types, Consumer<Map<Integer, TypeShape>> then) {
    Map<Integer, TypeShape> known = types.isEmpty() ? Map.of() : database.shapesInMemory(types);
    if (known != null) {
      then.accept(known);
      return;
    }
    database.later(() -> {
      Map<Integer, TypeShape> read = database.shapes(types);
      loop.execute(() -> then.accept(read));
    });
  }

  /**
   * Looks up a table and those that its constraints refer to.
   *
   * @param then gets them; none when the catalog does not show that table
   */
  void constrained(String schema, String table, Consumer<Collection<Relation>> then) {
    database.later(() -> {
      Map<Integer, Relation> read = database.read(database.constrained(schema, table));
      loop.execute(() -> then.accept(read.values()));
    });
  }

  /**
   * Looks a function up by number.
   *
   * @param then gets it, or none; null when the catalog cannot be read
   */
  void called(int oid, Consumer<@Nullable List<FunctionCall.Called>> then) {
    database.later(() -> {
      List<FunctionCall.Called> read = database.called(oid);
      loop.execute(() -> then.accept(read));
    });
  }

  /** A command goes upstream. */
  void runs(SqlBatch batch) {
    changes.runs(batch);
  }

  /** Whether the catalog shows all relations as the session sees them. */
  boolean isSettled() {
    return !changes.isOpen();
  }

  /**
   * The upstream says that no transaction is open.
   *
   * @param nothingUnderWay whether it has answered everything
   */
  void committed(boolean nothingUnderWay) {
    if (changes.isOpen()) {
      database.forget();
      if (nothingUnderWay) {
        changes.settled();
      }
    }
  }
}

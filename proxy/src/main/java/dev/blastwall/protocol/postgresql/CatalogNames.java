package dev.blastwall.protocol.postgresql;

import dev.blastwall.protocol.postgresql.CatalogFunctions.Function;
import dev.blastwall.protocol.sql.SqlUnderstanding;
import dev.blastwall.protocol.sql.resolve.Behind;
import dev.blastwall.protocol.sql.resolve.KnownRelation;
import dev.blastwall.protocol.sql.resolve.Names;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What names and OIDs stand for in one database. An unqualified name may be the relation of any
 * schema: which one the session's search path finds is not asked, because a pipeline can change the
 * path unseen. Blocks, and serves one thread at a time.
 */
final class CatalogNames implements Names {

  /** Views stand on views, but not on so many. */
  private static final int DEEPEST = 100;

  /** The schema of the server itself. */
  static final String OWN_SCHEMA = "pg_catalog";

  private record Name(@Nullable String schema, String name) {}

  /** All functions and operators that are not the server's own. */
  private record Code(
      Map<String, List<Function>> functions, boolean operators, List<String> operatorFunctions) {}

  private final CatalogQueries queries;
  private final CatalogFunctions calls;
  private final CatalogReader reader;
  private final AtomicInteger epoch;
  private final CatalogMemory<Integer, Relation> relations;
  private final CatalogMemory<Name, List<Integer>> found;
  private final CatalogMemory<String, Code> code;
  private final CatalogMemory<Name, Behind> bodies;
  private final CatalogMemory<Integer, List<FunctionCall.Called>> called;
  private final CatalogMemory<Name, List<Integer>> constrained;
  private final Deque<Integer> underWay = new ArrayDeque<>();
  private long oldest;

  /**
   * Names.
   *
   * @param epoch changes when the schema does
   * @param relations what is known of relations
   */
  CatalogNames(
      CatalogQueries queries,
      CatalogFunctions calls,
      SqlUnderstanding understanding,
      AtomicInteger epoch,
      CatalogMemory<Integer, Relation> relations) {
    this.queries = queries;
    this.calls = calls;
    this.epoch = epoch;
    this.relations = relations;
    reader = new CatalogReader(queries, understanding, this);
    found = new CatalogMemory<>(epoch);
    code = new CatalogMemory<>(epoch);
    bodies = new CatalogMemory<>(epoch);
    called = new CatalogMemory<>(epoch);
    constrained = new CatalogMemory<>(epoch);
  }

  /** Reads something of the catalog. */
  @FunctionalInterface
  private interface Read<V> {
    V read() throws SQLException;
  }

  /** Answers from now on count as one, as old as the oldest of them. */
  void begin() {
    underWay.clear();
    oldest = System.nanoTime();
  }

  /** When the oldest answer since {@link #begin} was read. */
  long oldest() {
    return oldest;
  }

  private <K, V> V known(CatalogMemory<K, V> memory, K key, Read<V> read) {
    CatalogMemory.Entry<V> entry = memory.young(key);
    if (entry != null) {
      oldest = Math.min(oldest, entry.readAtNanos());
      return entry.value();
    }
    int before = epoch.get();
    long outer = oldest;
    oldest = System.nanoTime();
    try {
      V value = read.read();
      memory.put(key, value, oldest, before);
      return value;
    } catch (SQLException e) {
      throw new CatalogException(e);
    } finally {
      oldest = Math.min(oldest, outer);
    }
  }

  /** The relation of that number. */
  Relation relation(int oid) {
    if (underWay.contains(oid)) {
      return underWay.peek() == oid ? Relation.UNKNOWN : Relation.CIRCULAR;
    }
    if (underWay.size() > DEEPEST) {
      throw new CatalogException("more than " + DEEPEST + " views stand on each other");
    }
    return known(
        relations,
        oid,
        () -> {
          underWay.push(oid);
          Relation relation = reader.relation(oid);
          underWay.pop();
          return relation;
        });
  }

  @Override
  public List<KnownRelation> relations(@Nullable String schema, String name) {
    if (OWN_SCHEMA.equals(schema)) {
      // Only the server's own are there, and policy knows them by name.
      return List.of(Relation.UNKNOWN.known());
    }
    List<KnownRelation> all = new ArrayList<>();
    Name key = new Name(schema, name);
    for (Integer oid : known(found, key, () -> queries.find(schema, name))) {
      all.add(relation(oid).known());
    }
    return all;
  }

  @Override
  public List<String> functions(String name) {
    return qualified(name, Function::takesRow);
  }

  @Override
  public List<String> overloads(String name) {
    return qualified(name, Function::overloads);
  }

  private List<String> qualified(String name, Predicate<Function> which) {
    return code().functions().getOrDefault(name, List.of()).stream()
        .filter(which)
        .map(Function::qualified)
        .distinct()
        .toList();
  }

  @Override
  public Behind code(String function) {
    int dot = function.lastIndexOf('.');
    Name name = new Name(dot < 0 ? null : function.substring(0, dot), function.substring(dot + 1));
    return known(bodies, name, () -> Behind.union(bodies(name)));
  }

  private List<Behind> bodies(Name name) throws SQLException {
    return calls.bodies(name.schema(), name.name()).stream().map(reader::body).toList();
  }

  @Override
  public List<String> operators() {
    return code().operatorFunctions();
  }

  @Override
  public boolean operatorsRunCode() {
    return code().operators();
  }

  /** The OIDs of a table and of those that its constraints refer to. */
  List<Integer> constrained(String schema, String table) {
    return known(constrained, new Name(schema, table), () -> queries.constrained(schema, table));
  }

  /** The function of that number, or none. */
  List<FunctionCall.Called> called(int oid) {
    return known(called, oid, () -> calls.called(oid));
  }

  private Code code() {
    return known(
        code,
        "",
        () ->
            new Code(
                calls.functions().stream().collect(Collectors.groupingBy(Function::name)),
                calls.operatorsRunCode(),
                calls.operators()));
  }
}

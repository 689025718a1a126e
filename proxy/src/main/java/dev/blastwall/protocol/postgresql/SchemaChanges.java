package dev.blastwall.protocol.postgresql;

import dev.blastwall.command.ColumnOrigin;
import dev.blastwall.command.SqlBatch;
import dev.blastwall.command.SqlStatement;
import dev.blastwall.command.TableAccess;
import dev.blastwall.command.TableAccess.Access;
import dev.blastwall.protocol.sql.resolve.Behind;
import dev.blastwall.protocol.sql.resolve.KnownRelation;
import dev.blastwall.protocol.sql.resolve.Names;
import dev.blastwall.protocol.sql.resolve.Origins;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a session has changed in the schema and nobody else can see yet: its transaction is open, or
 * the command is still under way. A relation that it may have made or changed counts as made of
 * everything that these commands name.
 */
final class SchemaChanges {

  /** What cannot change a relation's definition. */
  private static final Set<String> NO_SCHEMA_CHANGE =
      Set.of(
          "select",
          "insert",
          "update",
          "delete",
          "merge",
          "copy",
          "transaction",
          "set",
          "show",
          "explain",
          "prepare",
          "execute",
          "deallocate",
          "declare_cursor",
          "fetch",
          "close_cursor",
          "listen",
          "unlisten",
          "notify",
          "lock",
          "truncate",
          "analyze",
          "vacuum");

  /** What makes relations that are tables, so that writing to them stays in them. */
  private static final Set<String> MAKES_TABLES =
      Set.of("create_table", "create_table_as", "select");

  /** Stands for whatever function the session may have put behind an operator. */
  private static final String MADE = "pg_temp.made";

  /** Beyond, whatever the session names is not known. */
  private static final int LIMIT = 1_000;

  private final List<SqlStatement> open = new ArrayList<>();

  /** A command goes upstream. */
  void runs(SqlBatch batch) {
    for (SqlStatement statement : batch.statements()) {
      if (changes(statement) && open.size() <= LIMIT && !open.contains(statement)) {
        open.add(statement);
      }
    }
  }

  private static boolean changes(SqlBatch batch) {
    for (SqlStatement statement : batch.statements()) {
      if (changes(statement)) {
        return true;
      }
    }
    return false;
  }

  private static boolean changes(SqlStatement statement) {
    return !NO_SCHEMA_CHANGE.contains(statement.type())
        || definesTable(statement)
        || statement.sideEffects().contains("select_into");
  }

  private static boolean definesTable(SqlStatement statement) {
    for (TableAccess table : statement.tables()) {
      if (table.access() == Access.DDL) {
        return true;
      }
    }
    return false;
  }

  boolean isOpen() {
    return !open.isEmpty();
  }

  /** Nothing is under way and no transaction is open: the catalog shows what the session sees. */
  void settled() {
    open.clear();
  }

  /** How the session, and {@code batch} itself, may see names; null when as the catalog does. */
  @Nullable UnaryOperator<Names> seenBy(SqlBatch batch) {
    if (open.isEmpty() && !changes(batch)) {
      return null;
    }
    List<SqlStatement> changes =
        Stream.concat(open.stream(), batch.statements().stream().filter(SchemaChanges::changes))
            .toList();
    return names -> new Changed(names, changes);
  }

  private record Changed(Names catalog, List<SqlStatement> changes) implements Names {

    @Override
    public List<KnownRelation> relations(@Nullable String schema, String name) {
      List<KnownRelation> known = catalog.relations(schema, name);
      boolean target = isTooMany() || tables().anyMatch(table -> isChanged(table, name));
      if (!target && !known.isEmpty()) {
        return known;
      }
      List<KnownRelation> all = new ArrayList<>(known);
      all.add(changed(!isTooMany() && (target || isAttributed())));
      return all;
    }

    private Stream<TableAccess> tables() {
      return changes.stream().flatMap(change -> change.tables().stream());
    }

    private static boolean isChanged(TableAccess table, String name) {
      return table.access() == Access.DDL && table.name().equals(name);
    }

    private boolean isTooMany() {
      return changes.size() > LIMIT;
    }

    /** Whether each change says which relation it changes. */
    private boolean isAttributed() {
      return changes.stream().allMatch(SchemaChanges::definesTable);
    }

    private KnownRelation changed(boolean understood) {
      Behind read = behind(Access.READ, understood);
      boolean tablesOnly =
          changes.stream().allMatch(change -> MAKES_TABLES.contains(change.type()));
      Behind written =
          tablesOnly ? read : Behind.union(List.of(read, behind(Access.WRITE, understood)));
      return new KnownRelation(Map.of(ColumnOrigin.WHOLE_ROW, row()), true, read, written);
    }

    /** Any column may hold whatever is in the relations that the changes name. */
    private Origins row() {
      List<Origins> rows = new ArrayList<>(List.of(new Origins(List.of(), false)));
      tables()
          .forEach(table -> {
            rows.add(
                new Origins(
                    List.of(new ColumnOrigin(table.schema(), table.name(), ColumnOrigin.WHOLE_ROW)),
                    true));
            known(table).map(KnownRelation::row).forEach(rows::add);
          });
      return Origins.union(rows);
    }

    private Stream<KnownRelation> known(TableAccess table) {
      return catalog.relations(table.schema(), table.name()).stream();
    }

    private Behind behind(Access access, boolean understood) {
      List<TableAccess> touched =
          tables()
              .map(table -> new TableAccess(table.schema(), table.name(), access))
              .distinct()
              .toList();
      List<Behind> behind = new ArrayList<>();
      tables()
          .flatMap(this::known)
          .map(access == Access.READ ? KnownRelation::whenRead : KnownRelation::whenWritten)
          .forEach(behind::add);
      behind.add(new Behind(touched, List.of(), functions(), List.of(), understood, true, true));
      return Behind.union(behind);
    }

    private List<String> functions() {
      return changes.stream().flatMap(change -> change.functions().stream()).distinct().toList();
    }

    @Override
    public List<String> functions(String name) {
      return catalog.functions(name);
    }

    @Override
    public List<String> overloads(String name) {
      return catalog.overloads(name);
    }

    /** A function that the session may have made does what the text says that made it. */
    @Override
    public Behind code(String function) {
      Behind known = catalog.code(function);
      return isAttributed() && !isTooMany() ? known : Behind.union(List.of(known, made()));
    }

    private Behind made() {
      return new Behind(
          tables().filter(table -> table.access() != Access.DDL).distinct().toList(),
          changes.stream().flatMap(change -> change.columns().stream()).distinct().toList(),
          functions(),
          List.of("opaque_code"),
          true,
          true,
          false);
    }

    @Override
    public List<String> operators() {
      return isAttributed() && !isTooMany()
          ? catalog.operators()
          : Stream.concat(catalog.operators().stream(), Stream.of(MADE)).toList();
    }

    @Override
    public boolean operatorsRunCode() {
      return true;
    }
  }
}

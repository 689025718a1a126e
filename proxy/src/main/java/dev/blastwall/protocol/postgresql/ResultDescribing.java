package dev.blastwall.protocol.postgresql;

import dev.blastwall.command.Lineage;
import dev.blastwall.command.SqlStatement;
import dev.blastwall.command.TableAccess;
import dev.blastwall.protocol.Description;
import dev.blastwall.protocol.Upstream;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Asks policy about a result set: finds out where its columns come from first. */
final class ResultDescribing {

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

  private final PostgresqlSession session;
  private final PostgresqlCatalog catalog;
  private final Upstream upstream;
  private boolean schemaChanged;

  ResultDescribing(PostgresqlSession session, PostgresqlCatalog catalog, Upstream upstream) {
    this.session = session;
    this.catalog = catalog;
    this.upstream = upstream;
  }

  /**
   * Asks about a result set of {@code running}.
   *
   * @param then gets the answer on the event loop, perhaps before this method returns
   */
  void describe(Running running, List<WireColumn> columns, Consumer<Description> then) {
    Lineage lineage = running.nextLineage();
    Judged judged = running.judged();
    schemaChanged |= changesSchema(judged);
    boolean settled = !schemaChanged;
    catalog.relations(
        upstream,
        ResultColumns.relations(columns),
        session.clientChannel().eventLoop(),
        relations ->
            session
                .gate()
                .describe(
                    judged.forward(),
                    ResultColumns.of(columns, relations, lineage, settled),
                    then));
  }

  /** A command went upstream. */
  void ran(Judged judged) {
    schemaChanged |= changesSchema(judged);
  }

  private static boolean changesSchema(Judged judged) {
    return judged.batch().statements().stream().anyMatch(ResultDescribing::changesSchema);
  }

  private static boolean changesSchema(SqlStatement statement) {
    return !NO_SCHEMA_CHANGE.contains(statement.type())
        || statement.tables().stream().anyMatch(table -> table.access() == TableAccess.Access.DDL)
        || statement.sideEffects().contains("select_into");
  }

  /** No transaction is open: what the session changed is what the catalog shows. */
  void settled() {
    if (schemaChanged) {
      schemaChanged = false;
      catalog.forget(upstream);
    }
  }
}

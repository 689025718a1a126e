package dev.blastwall.protocol.postgresql;

import dev.blastwall.command.Lineage;
import dev.blastwall.protocol.Description;
import java.util.List;
import java.util.function.Consumer;

/** Asks policy about a result set: finds out where its columns come from first. */
final class ResultDescribing {

  private final PostgresqlSession session;
  private final SessionCatalog catalog;

  ResultDescribing(PostgresqlSession session, SessionCatalog catalog) {
    this.session = session;
    this.catalog = catalog;
  }

  /**
   * Asks about a result set of {@code running}.
   *
   * @param then gets the answer on the event loop, perhaps before this method returns
   */
  void describe(Running running, List<WireColumn> columns, Consumer<Description> then) {
    Lineage lineage = running.nextLineage();
    Judged judged = running.judged();
    boolean settled = catalog.isSettled();
    catalog.relations(
        ResultColumns.relations(columns),
        relations ->
            session
                .gate()
                .describe(
                    judged.forward(),
                    ResultColumns.of(columns, relations, lineage, settled),
                    then));
  }
}

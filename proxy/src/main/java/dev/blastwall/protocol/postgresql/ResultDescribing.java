package dev.blastwall.protocol.postgresql;

import dev.blastwall.command.Lineage;
import dev.blastwall.command.ResultColumn;
import dev.blastwall.masking.MaskPlan;
import dev.blastwall.protocol.Description;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Asks policy about a result set: finds out where its columns come from first. */
final class ResultDescribing {

  private static final int KEPT = 64;

  private final PostgresqlSession session;
  private final SessionCatalog catalog;

  /** By where the text says that its columns come from, which a text that is repeated shares. */
  private final Map<Lineage, Known> known = new IdentityHashMap<>();

  ResultDescribing(PostgresqlSession session, SessionCatalog catalog) {
    this.session = session;
    this.catalog = catalog;
  }

  /**
   * Asks about a result set of {@code running}.
   *
   * @param then gets the answer on the event loop, perhaps before this method returns
   */
  void describe(Running running, List<WireColumn> columns, Consumer<Rows> then) {
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
                    columns(columns, relations, lineage, settled),
                    description -> rows(description, columns, then)));
  }

  private void rows(Description description, List<WireColumn> columns, Consumer<Rows> then) {
    switch (description) {
      case Description.Withheld withheld ->
          then.accept(new Rows.Withheld(PostgresqlReplies.refused(withheld.refusal())));
      case Description.Shown(MaskPlan plan) when plan.isEmpty() ->
          then.accept(Rows.Verbatim.VERBATIM);
      case Description.Shown(MaskPlan plan) ->
          catalog.shapes(
              PostgresqlMasking.unknownTypes(plan, columns),
              shapes -> then.accept(PostgresqlMasking.rows(plan, columns, shapes)));
    }
  }

  /** The same object as before where nothing differs from before. */
  private List<ResultColumn> columns(
      List<WireColumn> columns,
      Map<Integer, Relation> relations,
      Lineage lineage,
      boolean settled) {
    Known last = known.get(lineage);
    if (last != null && last.holds(columns, relations, settled)) {
      return last.described();
    }
    List<ResultColumn> described = ResultColumns.of(columns, relations, lineage, settled);
    if (known.size() == KEPT) {
      known.clear();
    }
    known.put(lineage, new Known(columns, relations, settled, described));
    return described;
  }

  /** What the columns of a result were found to be. */
  private record Known(
      List<WireColumn> columns,
      Map<Integer, Relation> relations,
      boolean settled,
      List<ResultColumn> described) {

    /** Relations that the catalog has not read anew are the same objects. */
    @SuppressWarnings("ReferenceEquality")
    boolean holds(List<WireColumn> asked, Map<Integer, Relation> read, boolean settledNow) {
      if (settled != settledNow || read.size() != relations.size() || !columns.equals(asked)) {
        return false;
      }
      for (Map.Entry<Integer, Relation> relation : relations.entrySet()) {
        if (read.get(relation.getKey()) != relation.getValue()) {
          return false;
        }
      }
      return true;
    }
  }
}

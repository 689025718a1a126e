package dev.blastwall.protocol.sql.describe;

import dev.blastwall.command.ColumnOrigin;
import dev.blastwall.command.ColumnUse;
import dev.blastwall.command.Lineage;
import dev.blastwall.command.SqlStatement;
import dev.blastwall.command.TableAccess;
import dev.blastwall.protocol.sql.grammar.Node;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What has been found out about one statement so far. */
final class Facts {

  private static final int MAXIMUM_EFFORT = 2_000_000;

  private final Set<TableAccess> tables = new LinkedHashSet<>();
  private final Set<ColumnUse> columns = new LinkedHashSet<>();
  private final Set<String> functions = new LinkedHashSet<>();
  private final Set<String> sideEffects = new LinkedHashSet<>();
  private final InnerText inside;
  private int effort;
  private boolean partial;
  private boolean unrestricted;
  private @Nullable SqlDetail detail;

  Facts(InnerText inside) {
    this.inside = inside;
  }

  /** The text that the statement is in, and what reads the texts in it. */
  InnerText inside() {
    return inside;
  }

  /** All that a statement does which this one runs. */
  void absorb(Facts run) {
    tables.addAll(run.tables);
    columns.addAll(run.columns);
    functions.addAll(run.functions);
    sideEffects.addAll(run.sideEffects);
    partial |= run.partial;
    spend(run.effort);
  }

  void table(Node rangeVar, TableAccess.Access access) {
    String schema = rangeVar.text("schemaname");
    table(schema.isEmpty() ? null : schema, rangeVar.text("relname"), access);
  }

  void table(@Nullable String schema, String name, TableAccess.Access access) {
    if (Statistics.hold(schema, name)) {
      sideEffect("column_statistics");
    }
    tables.add(new TableAccess(schema, name, access));
  }

  void columns(Flow flow, ColumnUse.Use use) {
    flow.origins().forEach(origin -> columns.add(new ColumnUse(origin, use)));
  }

  /** Every column used so far, as what is in a value that nobody can trace. */
  Flow touched() {
    Set<ColumnOrigin> all = new LinkedHashSet<>();
    columns.forEach(use -> all.add(use.column()));
    return new Flow(all, false);
  }

  void function(String name) {
    functions.add(name);
  }

  void sideEffect(String name) {
    sideEffects.add(name);
  }

  boolean hasSideEffect(String name) {
    return sideEffects.contains(name);
  }

  /** Something was read that the description does not show. */
  void partial() {
    partial = true;
  }

  /** A write inside the statement changes every row, whatever the statement's own WHERE says. */
  void unrestricted() {
    unrestricted = true;
  }

  void detail(SqlDetail known) {
    detail = known;
  }

  /**
   * Bounds the work for one statement: names times relations can grow with the square of its
   * length.
   *
   * @throws TooComplexException when it is more than any honest statement needs
   */
  void spend(int steps) {
    effort += steps;
    if (effort > MAXIMUM_EFFORT) {
      throw new TooComplexException();
    }
  }

  boolean isPartial() {
    return partial;
  }

  SqlDetail detail() {
    return detail == null ? SqlDetail.Plain.PLAIN : detail;
  }

  SqlStatement statement(String type, boolean where, @Nullable Long limit, Lineage outputs) {
    return new SqlStatement(
        type,
        List.copyOf(tables),
        List.copyOf(columns),
        List.copyOf(functions),
        where && !unrestricted,
        limit,
        List.copyOf(sideEffects),
        outputs);
  }
}

package dev.blastwall.protocol.sql.describe;

import static dev.blastwall.command.ColumnOrigin.WHOLE_ROW;
import static dev.blastwall.command.ColumnUse.Use.OUTPUT;
import static dev.blastwall.command.ColumnUse.Use.PREDICATE;
import static dev.blastwall.command.ColumnUse.Use.WRITE;

import dev.blastwall.command.TableAccess.Access;
import dev.blastwall.protocol.sql.grammar.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** INSERT, UPDATE, DELETE and MERGE. Their columns are those of RETURNING. */
final class Writes {

  private final Facts facts;
  private final Expressions expressions;
  private final FromItems from;
  private final Queries queries;

  Writes(Facts facts, Expressions expressions, FromItems from, Queries queries) {
    this.facts = facts;
    this.expressions = expressions;
    this.from = from;
    this.queries = queries;
  }

  List<OutputColumn> write(Node statement, Scope scope) {
    return switch (statement.kind()) {
      case "InsertStmt" -> insert(statement, scope);
      case "UpdateStmt" -> update(statement, scope);
      case "DeleteStmt" -> delete(statement, scope);
      case "MergeStmt" -> merge(statement, scope);
      default -> unknown(statement, scope);
    };
  }

  private List<OutputColumn> unknown(Node statement, Scope scope) {
    facts.partial();
    return List.of(OutputColumn.several(expressions.flow(statement, scope, OUTPUT).untraced()));
  }

  private Relation target(Node statement) {
    Node target = statement.child("relation").orElseThrow();
    facts.table(target, Access.WRITE);
    if (target.text("relname").equals("pg_settings")) {
      // A rule of the view makes its UPDATE a set_config(), of whichever rows are found.
      SessionSettings.changed(facts, "*");
    }
    return FromItems.aliased(FromItems.table(target), target);
  }

  private List<OutputColumn> insert(Node insert, Scope scope) {
    Relation target = target(insert);
    written(stored(insert), insert.list("cols"));
    insert.child("selectStmt").ifPresent(source -> queries.query(source, scope));
    Relation excluded = stored(insert).as("excluded");
    Scope row = scope.inner(List.of(excluded)).inner(List.of(target));
    insert
        .child("onConflictClause")
        .ifPresent(conflict -> onConflict(conflict, stored(insert), row));
    return returning(insert, row, target);
  }

  private static Relation stored(Node statement) {
    return FromItems.table(statement.child("relation").orElseThrow());
  }

  private void onConflict(Node conflict, Relation table, Scope row) {
    conflict.child("infer").ifPresent(infer -> infer(infer, row));
    assignments(conflict.list("targetList"), table, row);
    conflict.child("whereClause").ifPresent(where -> expressions.flow(where, row, PREDICATE));
  }

  private void infer(Node infer, Scope row) {
    for (Node element : infer.list("indexElems")) {
      if (element.has("name")) {
        facts.columns(row.column(element.text("name")), PREDICATE);
      }
      element.child("expr").ifPresent(part -> expressions.flow(part, row, PREDICATE));
    }
    infer.child("whereClause").ifPresent(where -> expressions.flow(where, row, PREDICATE));
  }

  private List<OutputColumn> update(Node update, Scope scope) {
    Relation target = target(update);
    Scope rows = rows(target, update.list("fromClause"), scope);
    assignments(update.list("targetList"), stored(update), rows);
    update.child("whereClause").ifPresent(where -> expressions.flow(where, rows, PREDICATE));
    return returning(update, rows, target);
  }

  private List<OutputColumn> delete(Node delete, Scope scope) {
    Relation target = target(delete);
    Scope rows = rows(target, delete.list("usingClause"), scope);
    delete.child("whereClause").ifPresent(where -> expressions.flow(where, rows, PREDICATE));
    return returning(delete, rows, target);
  }

  private List<OutputColumn> merge(Node merge, Scope scope) {
    Relation target = target(merge);
    Scope rows = rows(target, merge.list("sourceRelation"), scope);
    merge.child("joinCondition").ifPresent(on -> expressions.flow(on, rows, PREDICATE));
    merge.list("mergeWhenClauses").forEach(when -> mergeWhen(when, stored(merge), rows));
    return returning(merge, rows, target);
  }

  private void mergeWhen(Node when, Relation table, Scope rows) {
    when.child("condition").ifPresent(condition -> expressions.flow(condition, rows, PREDICATE));
    if (when.text("commandType").equals("CMD_INSERT")) {
      written(table, when.list("targetList"));
      when.list("values").forEach(value -> expressions.flow(value, rows, OUTPUT));
    } else {
      assignments(when.list("targetList"), table, rows);
    }
  }

  private Scope rows(Relation target, List<Node> sources, Scope scope) {
    Scope rows = scope.inner(List.of(target));
    for (Node source : sources) {
      // A plain subquery does not see the target; a lateral one does.
      rows = rows.plus(from.item(source, scope, rows));
    }
    return rows;
  }

  /** An INSERT without a list of columns writes them all. */
  private void written(Relation table, List<Node> columns) {
    if (columns.isEmpty()) {
      facts.columns(table.column(WHOLE_ROW), WRITE);
    }
    for (Node column : columns) {
      facts.columns(table.column(column.text("name")), WRITE);
      indices(column, Scope.EMPTY);
    }
  }

  /** The values of SET leave their columns, so they count as output. */
  private void assignments(List<Node> assignments, Relation table, Scope rows) {
    for (Node assignment : assignments) {
      facts.columns(table.column(assignment.text("name")), WRITE);
      indices(assignment, rows);
      assignment.child("val").ifPresent(value -> expressions.flow(value, rows, OUTPUT));
    }
  }

  private void indices(Node target, Scope rows) {
    target.list("indirection").forEach(index -> expressions.flow(index, rows, PREDICATE));
  }

  private List<OutputColumn> returning(Node statement, Scope rows, Relation target) {
    Optional<Node> clause = statement.child("returningClause");
    if (clause.isEmpty()) {
      return List.of();
    }
    statement.child("relation").ifPresent(table -> facts.table(table, Access.READ));
    List<Relation> versions = new ArrayList<>();
    clause.get().list("options").forEach(option -> versions.add(target.as(option.text("value"))));
    versions.add(target.as("old"));
    versions.add(target.as("new"));
    Scope scope =
        new Scope(
            new Scope(rows.outer(), versions, java.util.Map.of(), false),
            rows.relations(),
            java.util.Map.of(),
            rows.merged());
    return expressions.targets(clause.get().list("exprs"), scope, OUTPUT);
  }
}

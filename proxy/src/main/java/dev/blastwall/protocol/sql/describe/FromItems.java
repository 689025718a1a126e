package dev.blastwall.protocol.sql.describe;

import static dev.blastwall.command.ColumnUse.Use.OUTPUT;
import static dev.blastwall.command.ColumnUse.Use.PREDICATE;
import static dev.blastwall.command.TableAccess.Access.READ;

import dev.blastwall.protocol.sql.grammar.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** FROM: what each item brings into scope. */
final class FromItems {

  private final Facts facts;
  private final Expressions expressions;
  private final Queries queries;

  FromItems(Facts facts, Expressions expressions, Queries queries) {
    this.facts = facts;
    this.expressions = expressions;
    this.queries = queries;
  }

  /** The scope behind a FROM clause. */
  Scope scope(List<Node> items, Scope outer) {
    Scope scope = outer.inner(List.of());
    for (Node item : items) {
      scope = scope.plus(item(item, outer, scope));
    }
    return scope;
  }

  /**
   * One item.
   *
   * @param outer what a plain subquery sees
   * @param left what a lateral one sees besides: the items before it
   */
  FromItem item(Node item, Scope outer, Scope left) {
    return switch (item.kind()) {
      case "RangeVar" -> FromItem.of(relation(item, outer));
      case "RangeSubselect" -> FromItem.of(subquery(item, outer, left));
      case "JoinExpr" -> join(item, outer, left);
      case "RangeFunction" -> FromItem.of(function(item, left));
      case "RangeTableSample" -> sample(item, outer, left);
      case "JsonTable", "RangeTableFunc" -> FromItem.of(aliased(computed(item, left), item));
      default -> unknown(item, left);
    };
  }

  private FromItem unknown(Node item, Scope left) {
    facts.partial();
    return FromItem.of(aliased(computed(item, left), item));
  }

  private Relation relation(Node rangeVar, Scope outer) {
    String name = rangeVar.text("relname");
    Optional<WithQuery> query = rangeVar.has("schemaname") ? Optional.empty() : outer.query(name);
    if (query.isPresent()) {
      return aliased(Relation.derived(name, query.get().columns()), rangeVar);
    }
    facts.table(rangeVar, READ);
    return aliased(table(rangeVar), rangeVar);
  }

  /** A relation that is stored for sure, as the target of a write is. */
  static Relation table(Node rangeVar) {
    String schema = rangeVar.text("schemaname");
    return Relation.table(schema.isEmpty() ? null : schema, rangeVar.text("relname"));
  }

  static Relation aliased(Relation relation, Node item) {
    return item.child("alias")
        .map(alias -> relation.as(alias.text("aliasname")).withColumnNames(alias.names("colnames")))
        .orElse(relation);
  }

  private Relation subquery(Node item, Scope outer, Scope left) {
    Scope visible = item.flag("lateral") ? left : outer;
    Node query = item.child("subquery").orElseThrow();
    return aliased(Relation.derived(null, queries.query(query, visible)), item);
  }

  private FromItem join(Node join, Scope outer, Scope left) {
    FromItem larg = item(join.child("larg").orElseThrow(), outer, left);
    FromItem rarg = item(join.child("rarg").orElseThrow(), outer, left.plus(larg));
    List<Relation> both =
        Stream.concat(larg.relations().stream(), rarg.relations().stream()).toList();
    List<String> using = join.names("usingClause");
    boolean natural = join.flag("isNatural");
    FromItem joined =
        new FromItem(both, larg.merged() || rarg.merged() || natural || !using.isEmpty());
    if (natural) {
      both.forEach(relation -> facts.columns(relation.row(), PREDICATE));
    }
    using.forEach(column -> facts.columns(merged(both, column), PREDICATE));
    join.child("quals").ifPresent(quals -> expressions.flow(quals, left.inner(both), PREDICATE));
    return named(join, joined, using);
  }

  private static Flow merged(List<Relation> sides, String column) {
    return Flow.union(
        sides.stream()
            .filter(relation -> relation.mayHave(column))
            .map(relation -> relation.column(column))
            .toList());
  }

  /** An alias of a join hides what it joins; an alias of USING adds a relation. */
  private static FromItem named(Node join, FromItem joined, List<String> using) {
    if (join.has("alias")) {
      List<OutputColumn> columns = Scope.EMPTY.plus(joined).star();
      return FromItem.of(aliased(Relation.derived(null, columns), join));
    }
    Optional<Node> usingAlias = join.child("join_using_alias");
    if (usingAlias.isEmpty()) {
      return joined;
    }
    List<OutputColumn> columns =
        using.stream()
            .map(column -> OutputColumn.one(column, merged(joined.relations(), column)))
            .toList();
    List<Relation> all = new ArrayList<>(joined.relations());
    all.add(Relation.derived(usingAlias.get().text("aliasname"), columns));
    return new FromItem(all, true);
  }

  private Relation function(Node item, Scope left) {
    Flow flow = Flow.NONE;
    for (Node function : item.list("functions")) {
      flow = flow.and(expressions.flow(function, left, OUTPUT));
    }
    Relation rows = Relation.derived(functionName(item), List.of(OutputColumn.several(flow)));
    return aliased(rows, item);
  }

  private static String functionName(Node item) {
    return item.list("functions").stream()
        .flatMap(function -> function.list("items").stream())
        .findFirst()
        .map(call -> call.names("funcname"))
        .filter(names -> !names.isEmpty())
        .map(List::getLast)
        .orElse("");
  }

  private Relation computed(Node item, Scope left) {
    Flow flow = Flow.NONE;
    for (Node part : item.children()) {
      if (!part.is("Alias")) {
        flow = flow.and(expressions.flow(part, left, OUTPUT));
      }
    }
    return Relation.derived(null, List.of(OutputColumn.several(flow)));
  }

  private FromItem sample(Node item, Scope outer, Scope left) {
    item.list("args").forEach(argument -> expressions.flow(argument, left, PREDICATE));
    item.child("repeatable").ifPresent(seed -> expressions.flow(seed, left, PREDICATE));
    return item(item.child("relation").orElseThrow(), outer, left);
  }
}

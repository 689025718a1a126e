package dev.blastwall.protocol.sql.describe;

import static dev.blastwall.command.ColumnUse.Use.OUTPUT;
import static dev.blastwall.command.ColumnUse.Use.PREDICATE;

import dev.blastwall.command.ColumnUse.Use;
import dev.blastwall.protocol.sql.grammar.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/** SELECT and VALUES: what they read and where their columns come from. */
final class Queries {

  private final Facts facts;
  private final Expressions expressions;
  private final FromItems from;
  private final Writes writes;

  Queries(Facts facts) {
    this.facts = facts;
    expressions = new Expressions(facts, this);
    from = new FromItems(facts, expressions, this);
    writes = new Writes(facts, expressions, from, this);
  }

  Expressions expressions() {
    return expressions;
  }

  /** Any statement that may stand where a query may; its values reach the result. */
  List<OutputColumn> query(Node statement, Scope outer) {
    return query(statement, outer, OUTPUT);
  }

  List<OutputColumn> query(Node statement, Scope outer, Use use) {
    return statement.is("SelectStmt")
        ? select(statement, with(statement, outer), use)
        : writes.write(statement, with(statement, outer));
  }

  /** The scope behind a statement's WITH clause. All its queries run, whether named or not. */
  private Scope with(Node statement, Scope outer) {
    Optional<Node> clause = statement.child("withClause");
    if (clause.isEmpty()) {
      return outer;
    }
    boolean recursive = clause.get().flag("recursive");
    HashMap<String, WithQuery> known = new HashMap<>();
    Scope scope = outer.withQueries(known);
    List<WithQuery> all = new ArrayList<>();
    for (Node query : clause.get().list("ctes")) {
      // Without RECURSIVE a query sees only those before it.
      WithQuery described =
          new WithQuery(query, recursive ? scope : outer.withQueries(new HashMap<>(known)), this);
      known.put(query.text("ctename"), described);
      all.add(described);
      query.child("ctequery").ifPresent(this::noteWrite);
    }
    all.forEach(WithQuery::columns);
    return scope;
  }

  private void noteWrite(Node body) {
    if (!body.is("SelectStmt")) {
      facts.sideEffect("data_modifying_cte");
      if ((body.is("UpdateStmt") || body.is("DeleteStmt")) && !Restriction.restricts(body)) {
        facts.unrestricted();
      }
    }
  }

  private List<OutputColumn> select(Node select, Scope scope, Use use) {
    select.child("intoClause").ifPresent(this::into);
    if (select.has("lockingClause")) {
      facts.sideEffect("lock_rows");
    }
    if (select.has("larg")) {
      return setOperation(select, scope, use);
    }
    return select.has("valuesLists") ? values(select, scope, use) : plain(select, scope, use);
  }

  private void into(Node into) {
    facts.sideEffect("select_into");
    into.child("rel")
        .ifPresent(target -> facts.table(target, dev.blastwall.command.TableAccess.Access.DDL));
  }

  private List<OutputColumn> plain(Node select, Scope outer, Use use) {
    Scope scope = from.scope(select.list("fromClause"), outer);
    List<OutputColumn> columns = expressions.targets(select.list("targetList"), scope, use);
    predicates(select, scope, List.of("whereClause", "havingClause", "windowClause"));
    Ordering ordering = new Ordering(facts, expressions, columns);
    select.list("groupClause").forEach(item -> ordering.group(item, scope));
    select.list("distinctClause").forEach(item -> ordering.order(item, scope));
    if (select.has("distinctClause")) {
      facts.columns(OutputColumn.flows(columns), PREDICATE);
    }
    tail(select, scope, ordering);
    return columns;
  }

  private List<OutputColumn> setOperation(Node select, Scope scope, Use use) {
    List<OutputColumn> columns =
        united(
            query(select.child("larg").orElseThrow(), scope, use),
            query(select.child("rarg").orElseThrow(), scope, use));
    tail(select, scope, new Ordering(facts, expressions, columns));
    return columns;
  }

  private void tail(Node select, Scope scope, Ordering ordering) {
    select.list("sortClause").forEach(item -> ordering.order(item, scope));
    predicates(select, scope, List.of("limitCount", "limitOffset"));
  }

  private void predicates(Node select, Scope scope, List<String> clauses) {
    for (String clause : clauses) {
      select.list(clause).forEach(node -> expressions.flow(node, scope, PREDICATE));
    }
  }

  /** Set operations unite by position, and the first query names the columns. */
  private static List<OutputColumn> united(List<OutputColumn> left, List<OutputColumn> right) {
    boolean positions =
        OutputColumn.countable(left)
            && OutputColumn.countable(right)
            && left.size() == right.size();
    if (!positions) {
      return List.of(OutputColumn.several(OutputColumn.flows(left).and(OutputColumn.flows(right))));
    }
    List<OutputColumn> united = new ArrayList<>();
    for (int i = 0; i < left.size(); i++) {
      Flow both = left.get(i).flow().and(right.get(i).flow());
      united.add(OutputColumn.one(left.get(i).name(), both));
    }
    return united;
  }

  private List<OutputColumn> values(Node select, Scope scope, Use use) {
    List<OutputColumn> columns = null;
    for (Node row : select.list("valuesLists")) {
      List<OutputColumn> next = new ArrayList<>();
      for (Node value : row.list("items")) {
        next.add(
            OutputColumn.one("column" + (next.size() + 1), expressions.flow(value, scope, use)));
      }
      columns = columns == null ? next : united(columns, next);
    }
    List<OutputColumn> all = columns == null ? List.of() : columns;
    tail(select, scope, new Ordering(facts, expressions, all));
    return all;
  }
}

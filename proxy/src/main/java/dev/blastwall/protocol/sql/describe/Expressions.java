package dev.blastwall.protocol.sql.describe;

import static dev.blastwall.command.ColumnUse.Use.PREDICATE;

import dev.blastwall.command.ColumnUse.Use;
import dev.blastwall.protocol.sql.grammar.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Value expressions. Whatever the kind of node, what flows into its parts flows into it, so a kind
 * needs code of its own only where it names something.
 */
final class Expressions {

  /** The kinds that name nothing by themselves; {@code Json…} kinds are among them. */
  private static final Set<String> NEUTRAL =
      Set.of(
          "A_ArrayExpr",
          "A_Const",
          "A_Expr",
          "A_Indices",
          "A_Star",
          "BitString",
          "BoolExpr",
          "Boolean",
          "BooleanTest",
          "CaseExpr",
          "CaseWhen",
          "CoalesceExpr",
          "CollateClause",
          "ColumnDef",
          "CurrentOfExpr",
          "Float",
          "GroupingFunc",
          "GroupingSet",
          "Integer",
          "List",
          "MinMaxExpr",
          "MultiAssignRef",
          "NamedArgExpr",
          "NullTest",
          "ParamRef",
          "RangeTableFuncCol",
          "ResTarget",
          "RowExpr",
          "SetToDefault",
          "SortBy",
          "SQLValueFunction",
          "String",
          "TypeCast",
          "TypeName",
          "WindowDef",
          "XmlExpr",
          "XmlSerialize");

  private final Facts facts;
  private final Queries queries;
  private final FunctionCalls calls;

  Expressions(Facts facts, Queries queries) {
    this.facts = facts;
    this.queries = queries;
    calls = new FunctionCalls(facts);
  }

  /** Notes all that {@code node} names, as used for {@code use}, and tells what flows into it. */
  Flow flow(Node node, Scope scope, Use use) {
    Flow flow = meaning(node, scope, use);
    facts.spend(1 + flow.origins().size());
    return flow;
  }

  private Flow meaning(Node node, Scope scope, Use use) {
    return switch (node.kind()) {
      case "ColumnRef" -> reference(node, scope, use);
      case "FuncCall" -> calls.call(node, parts(node, scope, use));
      case "SubLink" -> sublink(node, scope, use);
      case "A_Indirection" -> indirection(node, scope, use);
      case "A_Expr" -> operator(node, scope, use);
      case "SelectStmt" -> OutputColumn.flows(queries.query(node, scope, use));
      default -> neutral(node, scope, use);
    };
  }

  private Flow neutral(Node node, Scope scope, Use use) {
    if (!NEUTRAL.contains(node.kind()) && !node.kind().startsWith("Json")) {
      facts.partial();
    }
    return parts(node, scope, use);
  }

  private Flow parts(Node node, Scope scope, Use use) {
    return Flow.union(node.children().stream().map(part -> flow(part, scope, use)).toList());
  }

  /** An operator that the text takes from a schema of somebody's own is somebody's function. */
  private Flow operator(Node node, Scope scope, Use use) {
    Flow flow = parts(node, scope, use);
    List<String> name = node.names("name");
    return name.size() > 1 && !name.getFirst().equals("pg_catalog") ? flow.untraced() : flow;
  }

  private Flow sublink(Node node, Scope scope, Use use) {
    Node query = node.child("subselect").orElseThrow();
    if (node.text("subLinkType").equals("EXISTS_SUBLINK")) {
      queries.query(query, scope, PREDICATE);
      return Flow.NONE;
    }
    Flow test = node.child("testexpr").map(left -> flow(left, scope, use)).orElse(Flow.NONE);
    return test.and(OutputColumn.flows(queries.query(query, scope, use)));
  }

  private Flow reference(Node node, Scope scope, Use use) {
    List<String> names = node.names("fields");
    if (isStar(node)) {
      return used(OutputColumn.flows(star(names, scope)), use);
    }
    return names.size() == 1
        ? used(scope.name(names.getFirst()).orElseGet(this::unresolved), use)
        : used(qualified(names, scope), use);
  }

  private Flow used(Flow flow, Use use) {
    facts.columns(flow, use);
    return flow;
  }

  private Flow unresolved() {
    facts.partial();
    return Flow.UNKNOWN;
  }

  private Flow qualified(List<String> names, Scope scope) {
    String column = names.getLast();
    return scope
        .relation(names.subList(0, names.size() - 1))
        .map(relation -> relation.column(column).and(asFunction(column, relation)))
        .orElseGet(this::unresolved);
  }

  /** {@code c.f} may also mean {@code f(c)}: PostgreSQL's manual, section 8.16.5. */
  private Flow asFunction(String name, Relation relation) {
    if (!BuiltinFunctions.contains(name) || relation.has(name)) {
      return Flow.NONE;
    }
    facts.function(name);
    return relation.row();
  }

  private List<OutputColumn> star(List<String> qualifier, Scope scope) {
    return qualifier.isEmpty()
        ? scope.star()
        : scope
            .relation(qualifier)
            .map(Relation::columns)
            .orElseGet(() -> List.of(OutputColumn.several(unresolved())));
  }

  private static boolean isStar(Node columnRef) {
    List<Node> fields = columnRef.list("fields");
    return fields.getLast().is("A_Star");
  }

  /** {@code (c).email} is a column when c is a relation, and a part of a value otherwise. */
  private Flow indirection(Node node, Scope scope, Use use) {
    Node argument = node.child("arg").orElseThrow();
    List<String> path = node.names("indirection");
    boolean maybeRow = argument.is("ColumnRef") && !isStar(argument) && !path.isEmpty();
    List<String> qualifier = maybeRow ? argument.names("fields") : List.of();
    if (maybeRow && scope.relation(qualifier).isPresent()) {
      List<String> names = new ArrayList<>(qualifier);
      names.add(path.getFirst());
      return used(qualified(names, scope), use).and(insideOf(node, qualifier, scope, use));
    }
    path.stream().filter(BuiltinFunctions::contains).forEach(facts::function);
    return parts(node, scope, use);
  }

  /** The same name may be a composite column of another relation, too. */
  private Flow insideOf(Node node, List<String> qualifier, Scope scope, Use use) {
    Flow flow = qualifier.size() == 1 ? used(scope.column(qualifier.getFirst()), use) : Flow.NONE;
    for (Node part : node.list("indirection")) {
      flow = flow.and(flow(part, scope, use));
    }
    return flow;
  }

  /** The columns of a target list or a RETURNING list. */
  List<OutputColumn> targets(List<Node> targets, Scope scope, Use use) {
    List<OutputColumn> columns = new ArrayList<>();
    for (Node target : targets) {
      Node value = target.child("val").orElseThrow();
      if (value.is("ColumnRef") && isStar(value)) {
        List<OutputColumn> all = star(value.names("fields"), scope);
        facts.columns(OutputColumn.flows(all), use);
        columns.addAll(all);
      } else {
        columns.add(column(target, value, flow(value, scope, use)));
      }
    }
    return columns;
  }

  private static OutputColumn column(Node target, Node value, Flow flow) {
    boolean expands = value.is("A_Indirection") && value.list("indirection").getLast().is("A_Star");
    return expands
        ? OutputColumn.several(flow)
        : OutputColumn.one(target.has("name") ? target.text("name") : impliedName(value), flow);
  }

  /** The name that a column gets without AS; null where only PostgreSQL knows. */
  private static @Nullable String impliedName(Node value) {
    return switch (value.kind()) {
      case "ColumnRef" -> value.names("fields").getLast();
      case "FuncCall" -> value.names("funcname").getLast();
      default -> null;
    };
  }
}

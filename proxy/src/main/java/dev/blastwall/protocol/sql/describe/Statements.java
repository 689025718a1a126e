package dev.blastwall.protocol.sql.describe;

import static dev.blastwall.command.ColumnUse.Use.OUTPUT;

import dev.blastwall.command.SqlStatement;
import dev.blastwall.protocol.sql.grammar.Node;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Describes one statement of any kind. */
final class Statements {

  private static final List<OutputColumn> NO_RESULT = List.of();
  private static final List<OutputColumn> NO_DATA = List.of(OutputColumn.several(Flow.NONE));
  private static final List<OutputColumn> UNKNOWN = List.of(OutputColumn.several(Flow.UNKNOWN));

  private final Facts facts;
  private final Queries queries;
  private final Utilities utilities;
  private final Scope outer;

  /**
   * Describes statements.
   *
   * @param outer what names mean that the statement itself does not explain
   */
  Statements(Facts facts, Scope outer) {
    this.facts = facts;
    this.outer = outer;
    queries = new Queries(facts);
    utilities = new Utilities(facts, queries);
  }

  SqlStatement describe(Node statement) {
    List<OutputColumn> columns = columns(statement);
    Node restricted = ruling(statement);
    return facts.statement(
        StatementTypes.known(statement).orElseGet(() -> unknown(statement)),
        Restriction.restricts(restricted),
        limit(restricted),
        OutputColumn.lineage(columns));
  }

  /** Describes a statement that another one runs. */
  String run(Node statement) {
    columns(statement);
    return StatementTypes.known(statement).orElseGet(() -> unknown(statement));
  }

  private String unknown(Node statement) {
    facts.partial();
    return StatementTypes.unknown(statement);
  }

  /** The statement whose WHERE and LIMIT count: that which EXPLAIN, PREPARE, … wrap. */
  private static Node ruling(Node statement) {
    return statement.child("query").map(Statements::ruling).orElse(statement);
  }

  private List<OutputColumn> columns(Node statement) {
    return switch (statement.kind()) {
      case "SelectStmt", "InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt" ->
          queries.query(statement, outer);
      case "ExplainStmt" -> explain(statement);
      case "PrepareStmt" -> prepare(statement);
      case "ExecuteStmt" -> execute(statement);
      case "DeclareCursorStmt" -> declare(statement);
      case "FetchStmt" -> fetch(statement);
      case "CallStmt" -> call(statement);
      case "CopyStmt" -> new Copies(facts, queries).copy(statement);
      case "VariableShowStmt" -> NO_DATA;
      default -> {
        utilities.describe(statement);
        yield NO_RESULT;
      }
    };
  }

  private List<OutputColumn> inner(Node statement) {
    return statement.child("query").map(this::columns).orElse(NO_RESULT);
  }

  private List<OutputColumn> explain(Node explain) {
    boolean runs =
        explain.list("options").stream()
            .filter(option -> option.text("defname").equalsIgnoreCase("analyze"))
            .anyMatch(option -> !Options.isOff(option));
    if (runs) {
      facts.sideEffect("explain_analyze");
    }
    inner(explain);
    return NO_DATA;
  }

  private List<OutputColumn> prepare(Node prepare) {
    List<OutputColumn> columns = inner(prepare);
    facts.sideEffect("prepare");
    facts.detail(new SqlDetail.Prepares(prepare.text("name")));
    return columns;
  }

  private List<OutputColumn> execute(Node execute) {
    facts.sideEffect("execute");
    facts.detail(new SqlDetail.Executes(execute.text("name")));
    execute.list("params").forEach(value -> queries.expressions().flow(value, outer, OUTPUT));
    return UNKNOWN;
  }

  private List<OutputColumn> declare(Node declare) {
    List<OutputColumn> columns = inner(declare);
    facts.detail(new SqlDetail.DeclaresCursor(declare.text("portalname")));
    return columns;
  }

  private List<OutputColumn> fetch(Node fetch) {
    facts.detail(new SqlDetail.Fetches(fetch.text("portalname")));
    return fetch.flag("ismove") ? NO_RESULT : UNKNOWN;
  }

  private List<OutputColumn> call(Node call) {
    facts.sideEffect("call");
    call.child("funccall").ifPresent(called -> queries.expressions().flow(called, outer, OUTPUT));
    return UNKNOWN;
  }

  /** A constant LIMIT; none where ties may exceed it. */
  private static @Nullable Long limit(Node select) {
    return Optional.of(select)
        .filter(node -> !node.text("limitOption").equals("LIMIT_OPTION_WITH_TIES"))
        .flatMap(node -> node.child("limitCount"))
        .filter(count -> count.is("A_Const") && count.has("ival"))
        .map(count -> count.fields().path("ival").path("ival").asLong(0))
        .filter(rows -> rows >= 0)
        .orElse(null);
  }
}

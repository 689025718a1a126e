package dev.blastwall.protocol.sql.describe;

import static dev.blastwall.command.ColumnUse.Use.PREDICATE;

import dev.blastwall.command.TableAccess.Access;
import dev.blastwall.protocol.sql.grammar.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Every statement that is neither a query nor a write: it is searched for all that names a relation
 * or a function, wherever the tree may hold it.
 */
final class Utilities {

  /** They fetch code that is not in the tree, or name what nothing here knows. */
  private static final Set<String> CODE =
      Set.of(
          "CreateExtensionStmt",
          "AlterExtensionStmt",
          "CreatePLangStmt",
          "CreateTransformStmt",
          "CreateSubscriptionStmt",
          "ImportForeignSchemaStmt",
          "LoadStmt");

  private static final Set<String> RELATIONS =
      Set.of(
          "OBJECT_TABLE",
          "OBJECT_VIEW",
          "OBJECT_MATVIEW",
          "OBJECT_FOREIGN_TABLE",
          "OBJECT_INDEX",
          "OBJECT_SEQUENCE");

  /** Named as part of a relation: {@code schema.table.name}. */
  private static final Set<String> PARTS =
      Set.of(
          "OBJECT_COLUMN",
          "OBJECT_TRIGGER",
          "OBJECT_RULE",
          "OBJECT_POLICY",
          "OBJECT_TABCONSTRAINT");

  private final Facts facts;
  private final Queries queries;

  Utilities(Facts facts, Queries queries) {
    this.facts = facts;
    this.queries = queries;
  }

  void describe(Node statement) {
    switch (statement.kind()) {
      case "DoStmt" -> block(statement);
      case "CreateFunctionStmt" -> function(statement);
      default -> other(statement);
    }
  }

  private void block(Node statement) {
    facts.sideEffect("do");
    new CodeBodies(facts).describe(statement);
  }

  private void function(Node statement) {
    // The values of its settings, and the defaults of its parameters; the code is read apart.
    for (Node part : statement.list("options")) {
      search(part, Scope.EMPTY, Access.DDL);
    }
    for (Node part : statement.list("parameters")) {
      search(part, Scope.EMPTY, Access.DDL);
    }
    new CodeBodies(facts).describe(statement);
  }

  private void other(Node statement) {
    if (CODE.contains(statement.kind())) {
      facts.partial();
    }
    switch (statement.kind()) {
      case "VariableSetStmt" -> SessionSettings.set(facts, statement);
      case "DiscardStmt" -> discard(statement);
      case "DropStmt" -> names(statement, "objects", statement.text("removeType"));
      case "CommentStmt", "SecLabelStmt" -> names(statement, "object", statement.text("objtype"));
      case "GrantStmt" -> grant(statement);
      case "ExecuteStmt" -> storedExecution();
      case "CreateTrigStmt", "CreateEventTrigStmt" ->
          facts.function(String.join(".", statement.names("funcname")));
      default -> {}
    }
    search(statement, Scope.EMPTY.inner(relations(statement)), access(statement));
  }

  /** CREATE TABLE AS EXECUTE stores what only the named statement's text tells. */
  private void storedExecution() {
    facts.sideEffect("execute");
    facts.partial();
  }

  /** DISCARD ALL also resets who the session is; the others forget plans and temporary tables. */
  private void discard(Node discard) {
    if (discard.text("target").equals("DISCARD_ALL")) {
      SessionSettings.changed(facts, "*");
    }
  }

  /** ON ALL TABLES IN SCHEMA names no table. */
  private void grant(Node grant) {
    if (grant.text("targtype").equals("ACL_TARGET_ALL_IN_SCHEMA")) {
      facts.partial();
    }
  }

  private static Access access(Node statement) {
    return switch (statement.kind()) {
      case "TruncateStmt", "RefreshMatViewStmt", "VacuumStmt", "LockStmt" -> Access.WRITE;
      default -> Access.DDL;
    };
  }

  /** What the columns of a CHECK, a DEFAULT, an index, a policy or a rule belong to. */
  private static List<Relation> relations(Node statement) {
    List<Relation> relations = new ArrayList<>();
    for (Node child : statement.children()) {
      if (child.is("RangeVar")) {
        Relation table = FromItems.table(child);
        relations.add(table);
        if (statement.is("RuleStmt") || statement.is("CreateTrigStmt")) {
          relations.add(table.as("old"));
          relations.add(table.as("new"));
        }
      }
    }
    return relations;
  }

  private void names(Node statement, String field, String type) {
    for (Node object : statement.list(field)) {
      List<String> path = object.is("List") ? object.names("items") : List.of();
      if (RELATIONS.contains(type)) {
        relation(path);
      } else if (PARTS.contains(type) && path.size() > 1) {
        relation(path.subList(0, path.size() - 1));
      }
    }
  }

  private void relation(List<String> path) {
    String schema = path.size() > 1 ? path.get(path.size() - 2) : null;
    facts.table(schema, path.getLast(), Access.DDL);
  }

  private void search(Node node, Scope scope, Access access) {
    for (Node child : node.children()) {
      switch (child.kind()) {
        case "RangeVar" -> facts.table(child, access);
        case "SelectStmt", "InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt" ->
            queries.query(child, node.is("RuleStmt") ? scope : Scope.EMPTY);
        case "VariableSetStmt" -> SessionSettings.setDefault(facts, child);
        case "GrantStmt" -> facts.sideEffect(child.flag("is_grant") ? "grant" : "revoke");
        case "FuncCall", "ColumnRef", "SubLink", "A_Expr", "A_Indirection" ->
            queries.expressions().flow(child, scope, PREDICATE);
        default -> nested(child, scope, access);
      }
    }
  }

  private void nested(Node child, Scope scope, Access access) {
    if (child.kind().endsWith("Stmt")) {
      describe(child);
    } else {
      search(child, scope, access);
    }
  }
}

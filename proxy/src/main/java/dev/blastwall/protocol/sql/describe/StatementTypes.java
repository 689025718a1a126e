package dev.blastwall.protocol.sql.describe;

import dev.blastwall.protocol.sql.grammar.Node;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The word that policy sees for a statement: SQL's own first word, or two. */
final class StatementTypes {

  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry("RenameStmt", "alter"),
          Map.entry("CheckPointStmt", "checkpoint"),
          Map.entry("ClosePortalStmt", "close_cursor"),
          Map.entry("ClusterStmt", "cluster"),
          Map.entry("CommentStmt", "comment"),
          Map.entry("CompositeTypeStmt", "create"),
          Map.entry("ConstraintsSetStmt", "set_constraints"),
          Map.entry("CopyStmt", "copy"),
          Map.entry("CreateStmt", "create_table"),
          Map.entry("DeallocateStmt", "deallocate"),
          Map.entry("DeclareCursorStmt", "declare_cursor"),
          Map.entry("DefineStmt", "create"),
          Map.entry("DeleteStmt", "delete"),
          Map.entry("DiscardStmt", "discard"),
          Map.entry("DoStmt", "do"),
          Map.entry("CallStmt", "call"),
          Map.entry("ExecuteStmt", "execute"),
          Map.entry("ExplainStmt", "explain"),
          Map.entry("FetchStmt", "fetch"),
          Map.entry("ImportForeignSchemaStmt", "import_foreign_schema"),
          Map.entry("IndexStmt", "create"),
          Map.entry("InsertStmt", "insert"),
          Map.entry("ListenStmt", "listen"),
          Map.entry("LoadStmt", "load"),
          Map.entry("LockStmt", "lock"),
          Map.entry("MergeStmt", "merge"),
          Map.entry("NotifyStmt", "notify"),
          Map.entry("PrepareStmt", "prepare"),
          Map.entry("ReassignOwnedStmt", "reassign_owned"),
          Map.entry("RefreshMatViewStmt", "refresh"),
          Map.entry("ReindexStmt", "reindex"),
          Map.entry("RuleStmt", "create"),
          Map.entry("SecLabelStmt", "security_label"),
          Map.entry("SelectStmt", "select"),
          Map.entry("TransactionStmt", "transaction"),
          Map.entry("TruncateStmt", "truncate"),
          Map.entry("UnlistenStmt", "unlisten"),
          Map.entry("UpdateStmt", "update"),
          Map.entry("VariableSetStmt", "set"),
          Map.entry("VariableShowStmt", "show"),
          Map.entry("ViewStmt", "create"));

  private static final Set<String> FAMILIES = Set.of("Alter", "Create", "Drop");

  private StatementTypes() {}

  /** The word for a statement that this code knows; empty for one that it does not. */
  static Optional<String> known(Node statement) {
    String kind = statement.kind();
    return switch (kind) {
      case "GrantStmt", "GrantRoleStmt" ->
          Optional.of(statement.flag("is_grant") ? "grant" : "revoke");
      // Unlike a scratch table it stays, and is filled again and again.
      case "CreateTableAsStmt" ->
          Optional.of(
              statement.text("objtype").equals("OBJECT_MATVIEW")
                  ? "create_materialized_view"
                  : "create_table_as");
      case "VacuumStmt" -> Optional.of(statement.flag("is_vacuumcmd") ? "vacuum" : "analyze");
      default -> Optional.ofNullable(WORDS.get(kind)).or(() -> family(kind));
    };
  }

  private static Optional<String> family(String kind) {
    return FAMILIES.stream()
        .filter(family -> kind.startsWith(family))
        .map(family -> family.toLowerCase(Locale.ROOT))
        .findFirst();
  }

  /** A word for a statement that this code does not know. */
  static String unknown(Node statement) {
    return statement
        .kind()
        .replaceFirst("Stmt$", "")
        .replaceAll("(?<=[a-z])(?=[A-Z])", "_")
        .toLowerCase(Locale.ROOT);
  }
}

package dev.blastwall.protocol.sql.resolve;

import dev.blastwall.command.SqlStatement;
import java.util.ArrayList;
import java.util.List;

/** Adds to statements what their names stand for. */
public final class Resolver {

  private Resolver() {}

  /** Whether there is anything to look up: names, or a result that an operator may make. */
  public static boolean concerns(List<SqlStatement> statements) {
    for (SqlStatement statement : statements) {
      if (!statement.tables().isEmpty()
          || !statement.functions().isEmpty()
          || !statement.outputs().columns().isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /** Resolves {@code statements}; where nothing is to be added the answer holds that very list. */
  public static Resolved resolve(List<SqlStatement> statements, Names names) {
    List<SqlStatement> resolved = new ArrayList<>(statements.size());
    boolean same = true;
    boolean understood = true;
    boolean runsCode = names.operatorsRunCode();
    for (SqlStatement statement : statements) {
      StatementResolver resolver = new StatementResolver(statement, names);
      SqlStatement known = resolver.resolve();
      same &= known.equals(statement);
      understood &= resolver.isUnderstood();
      runsCode |= resolver.runsCode();
      resolved.add(known);
    }
    return new Resolved(same ? statements : resolved, understood, runsCode);
  }
}

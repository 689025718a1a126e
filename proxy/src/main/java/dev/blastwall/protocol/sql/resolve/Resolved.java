package dev.blastwall.protocol.sql.resolve;

import dev.blastwall.command.SqlStatement;
import java.util.List;

/**
 * Statements with all that their names stand for.
 *
 * @param statements one per statement of the text
 * @param understood whether all is known of what the names stand for
 * @param runsCode whether code may run that no statement names
 */
public record Resolved(List<SqlStatement> statements, boolean understood, boolean runsCode) {

  public Resolved {
    statements = List.copyOf(statements);
  }
}

package dev.blastwall.protocol.sql;

import dev.blastwall.command.SqlStatement;
import dev.blastwall.command.TableAccess.Access;
import dev.blastwall.protocol.sql.describe.Description;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What reading a text gave, apart from the text itself.
 *
 * @param description what the text does
 * @param problem why it was not understood, or null
 * @param ofTheText whether reading the text again gives the same
 * @param writes whether a value in it may end up in a table
 * @param maskedLiterals whether a literal of the text that was read looks masked
 */
record Reading(
    Description description,
    @Nullable String problem,
    boolean ofTheText,
    boolean writes,
    boolean maskedLiterals) {

  private static final Set<String> WRITERS =
      Set.of("insert", "update", "merge", "execute", "prepare", "call", "do");

  static Reading of(Description description, boolean maskedLiterals) {
    boolean writes = description.statements().stream().anyMatch(Reading::writes);
    return new Reading(description, null, true, writes, maskedLiterals);
  }

  /** Of a text that the gateway could not read this time. */
  static Reading failed(String problem) {
    return new Reading(Description.NONE, problem, false, false, false);
  }

  /** Of a text that cannot be read. */
  static Reading unreadable(String problem) {
    return new Reading(Description.NONE, problem, true, false, false);
  }

  private static boolean writes(SqlStatement statement) {
    return WRITERS.contains(statement.type())
        || statement.tables().stream().anyMatch(table -> table.access() == Access.WRITE);
  }
}

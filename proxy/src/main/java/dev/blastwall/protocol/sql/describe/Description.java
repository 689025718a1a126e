package dev.blastwall.protocol.sql.describe;

import dev.blastwall.command.SqlStatement;
import dev.blastwall.command.Understanding;
import java.util.List;

/**
 * What a text does.
 *
 * @param understanding how far it was understood
 * @param statements its statements, in order
 * @param details what a protocol must know besides, one per statement
 */
public record Description(
    Understanding understanding, List<SqlStatement> statements, List<SqlDetail> details) {

  /** Of a text that was not understood at all. */
  public static final Description NONE = new Description(Understanding.NONE, List.of(), List.of());

  public Description {
    statements = List.copyOf(statements);
    details = List.copyOf(details);
  }
}

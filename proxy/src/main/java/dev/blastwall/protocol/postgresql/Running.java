package dev.blastwall.protocol.postgresql;

import dev.blastwall.command.Lineage;
import dev.blastwall.command.SqlStatement;
import java.util.List;

/** What is known of a command's answer so far. */
final class Running {

  private final Judged judged;
  private Rows rows = Rows.Undescribed.UNDESCRIBED;
  private int statement;
  private boolean described;
  private long count;

  Running(Judged judged) {
    this.judged = judged;
  }

  Judged judged() {
    return judged;
  }

  Rows rows() {
    return rows;
  }

  void show(Rows shown) {
    rows = shown;
  }

  void count(int more) {
    count += more;
  }

  /** The rows shown since the last call. */
  long takeCount() {
    long taken = count;
    count = 0;
    return taken;
  }

  /**
   * Where the columns of the next result set come from. A statement has one result set; another one
   * without a CommandComplete between them comes from a rule, of which the text tells nothing.
   */
  Lineage nextLineage() {
    List<SqlStatement> statements = judged.batch().statements();
    boolean known = !described && statement < statements.size();
    described = true;
    return known ? statements.get(statement).outputs() : Lineage.EMPTY;
  }

  /** A statement of the text is complete. */
  void nextStatement() {
    statement++;
    described = false;
    rows = Rows.Undescribed.UNDESCRIBED;
  }
}

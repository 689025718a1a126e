package dev.blastwall.protocol.postgresql;

import dev.blastwall.command.Limits;
import dev.blastwall.command.Lineage;
import dev.blastwall.command.SqlStatement;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of a command's answer so far. */
final class Running {

  private final Judged judged;
  private final @Nullable WireColumn value;
  private Rows rows = Rows.Undescribed.UNDESCRIBED;
  private int statement;
  private boolean described;
  private long count;
  private @Nullable Report instead;
  private long allRows;
  private long allBytes;

  Running(Judged judged) {
    this(judged, null);
  }

  /**
   * An answer.
   *
   * @param value the column of the one value that a FunctionCall gives; null of any other command
   */
  Running(Judged judged, @Nullable WireColumn value) {
    this.judged = judged;
    this.value = value;
  }

  Judged judged() {
    return judged;
  }

  @Nullable WireColumn value() {
    return value;
  }

  Rows rows() {
    return rows;
  }

  void show(Rows shown) {
    rows = shown;
  }

  /** Counts rows of an answer that has no limits. */
  void count(int rows) {
    count += rows;
  }

  /**
   * Counts rows that are about to be shown.
   *
   * @param run whole messages
   * @return how many bytes of them, in whole messages, policy lets through
   */
  int admit(ByteBuf run) {
    Limits limits = judged.forward().limits();
    int at = run.readerIndex();
    while (at < run.writerIndex()) {
      int length = 1 + run.getInt(at + 1);
      if (allRows == limits.rows() || length > limits.bytes() - allBytes) {
        break;
      }
      allRows++;
      allBytes += length;
      count++;
      at += length;
    }
    return at - run.readerIndex();
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

  /** Should the upstream fail it from now on, then because the gateway asked for that. */
  void failWith(Report report) {
    instead = report;
  }

  /** What the client sees when the upstream says {@code failure}. */
  Report failure(Report failure) {
    return instead == null ? failure : instead;
  }

  /** A statement of the text is complete. */
  void nextStatement() {
    statement++;
    described = false;
    rows = Rows.Undescribed.UNDESCRIBED;
  }
}

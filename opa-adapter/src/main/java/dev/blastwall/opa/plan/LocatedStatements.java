package dev.blastwall.opa.plan;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The statements of a block that is being read, and between them what says where they stand. */
final class LocatedStatements {
  private final List<Statement> statements = new ArrayList<>();
  private @Nullable Location last;

  /**
   * Begins a block.
   *
   * @param outer where the statement stands that the block belongs to; null where passing the
   *     block's first statements says nothing about that one
   */
  LocatedStatements(@Nullable Location outer) {
    last = outer;
  }

  void add(Statement statement, @Nullable Location location) {
    boolean known = location != null && location.row() > 0;
    if (known && last != null && !last.equals(location)) {
      statements.add(new Statement.Passed(last));
    }
    last = continues(statement) ? (known ? location : last) : null;
    statements.add(statement);
    int local = valueOf(statement);
    if (local >= 0 && location != null) {
      statements.add(new Statement.Mark(local, location));
    }
  }

  /** Coming behind an iteration does not say that it found anything. */
  private static boolean continues(Statement statement) {
    return !(statement instanceof Statement.Scan
        || statement instanceof Statement.With
        || statement instanceof Statement.Blocks);
  }

  private static int valueOf(Statement statement) {
    return switch (statement) {
      case Statement.AssignOnce once -> once.target();
      case Statement.SetAdd add -> add.set();
      case Statement.ObjectInsertOnce insert -> insert.object();
      default -> -1;
    };
  }

  Block block() {
    return new Block(statements);
  }
}
